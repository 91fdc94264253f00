"""Only actions write, and every action names first who acts."""

import ast
from pathlib import Path

from tests.architecture.source import PACKAGE, Function, functions, modules, place, public_functions, tree

WRITERS = {"actions", "imports", "tasks", "reactions"}
"""Rooms of an app that may write; the last two by calling actions, and for their own bookkeeping."""
STANDING_BELOW = {"platform", "region"}
"""What all apps stand on keeps its own rows: the audit trail, sends, stored files, calendars."""
MAKING_UP = {"demo"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete"}
ADAPTERS = {"people/signin.py"}
"""Doors of a library that calls back to have its own objects saved."""


def may_write(path: Path) -> bool:
    """Tell whether a file is one of those that write rows."""
    inner = path.relative_to(PACKAGE)
    app, *rest = inner.with_suffix("").parts
    return app in STANDING_BELOW | MAKING_UP or bool(WRITERS.intersection(rest)) or str(inner) in ADAPTERS


def is_write(node: ast.AST) -> bool:
    """Tell whether a call looks like one that writes rows: a dictionary's `update(other)` or `image.save(path)` does not."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
        return False
    if node.func.attr in {"update", "save", "delete", "create"} and node.args:
        return False
    return node.func.attr != "update" or bool(node.keywords)


def test_rows_are_written_by_actions_only():
    elsewhere = [
        f"{place(path, node)} {ast.unparse(node.func)}()"
        for path in modules()
        if not may_write(path)
        for node in ast.walk(tree(path))
        if is_write(node)
    ]
    assert not elsewhere, "Write in actions.py, and call that:\n" + "\n".join(elsewhere)


def offered_actions() -> list[tuple[Path, Function]]:
    """Return the actions that other code calls: those of actions.py, or those that actions/__init__.py hands on."""
    found = [(path, node) for path in PACKAGE.glob("*/actions.py") for node in public_functions(path)]
    for front in PACKAGE.glob("*/actions/__init__.py"):
        names = {alias.name for node in tree(front).body if isinstance(node, ast.ImportFrom) for alias in node.names}
        found += [(p, f) for p in sorted(front.parent.glob("*.py")) for f in public_functions(p) if f.name in names]
    return found


def test_there_are_actions():
    assert offered_actions()


NOBODYS = {"disclosure/actions/records.py": {"update_state"}}
"""Consequences of a step that was taken, allowed and audited elsewhere in the same transaction."""


def is_nobodys(path: Path, node: Function) -> bool:
    """Tell whether a function is no person's act: a consequence, or one that only reads what is handed in."""
    return node.name.startswith("read_") or node.name in NOBODYS.get(str(path.relative_to(PACKAGE)), ())


def acts_as_system(path: Path) -> bool:
    """Tell whether a file names the platform itself as the one who acts, as what a clock starts does."""
    return any(isinstance(node, ast.Name) and node.id == "SYSTEM" for node in ast.walk(tree(path)))


def test_an_action_takes_keywords_and_the_acting_person_first():
    wrong = []
    for path, node in offered_actions():
        if is_nobodys(path, node):
            continue
        names = [argument.arg for argument in node.args.kwonlyargs]
        positional = node.args.posonlyargs or node.args.args
        if positional or names[:1] != (["actor"] if names or not acts_as_system(path) else []):
            wrong.append(f"{place(path, node)} {node.name}({ast.unparse(node.args)})")
    assert not wrong, "An action is called with keywords, `actor` first:\n" + "\n".join(wrong)


def test_no_action_can_be_told_to_skip_its_checks():
    switches = [
        f"{place(path, node)} {node.name}({argument.arg})"
        for path, node in offered_actions()
        for argument in node.args.kwonlyargs
        if argument.arg.startswith(("skip_", "no_", "force", "ignore_", "without_"))
    ]
    assert not switches, "A different case is a different verb:\n" + "\n".join(switches)


def test_imports_stand_at_the_top():
    inside = [
        place(path, child)
        for path in modules()
        for node in functions(path)
        for child in ast.walk(node)
        if isinstance(child, ast.Import | ast.ImportFrom) and not _may_import_late(path, child)
    ]
    assert not inside, "An import inside a function hides a cycle; only slow or optional libraries may:\n" + "\n".join(
        inside
    )


LATE = {"weasyprint", "sklearn", "scipy", "numpy", "granian"}
"""Libraries that take long to load or may be absent, and are needed by few processes."""
LATE_OF_OURS = {
    "jinlin.algorithms.gridding",
    "jinlin.algorithms.opinions",
    "jinlin.algorithms.matching",
    "jinlin.algorithms.triage.training",
    "jinlin.algorithms.triage.evaluation",
    "jinlin.cli.circles",
}
"""What loads the learning library or the compiler of loops, for the commands that need them."""


def _may_import_late(path: Path, node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    if LATE_OF_OURS.issuperset(names):
        return True
    # An app registers what it offers once Django is ready for it; the command line sets Django up first.
    return (
        path.name == "apps.py" or path.parts[-2:] == ("cli", "__init__.py") or {n.split(".")[0] for n in names} <= LATE
    )
