"""Every module says what it is for, functions stay short, and print is for nobody."""

import ast

from tests.architecture.source import ROOT, functions, modules, place, tree

LONGEST_FUNCTION = 60


def test_every_module_says_in_a_sentence_what_it_is_for():
    silent = [place(path) for path in modules() if not ast.get_docstring(tree(path))]
    assert not silent, f"Modules without a docstring: {silent}"


def test_every_test_module_says_what_it_holds():
    silent = [place(path) for path in (ROOT / "tests").rglob("*.py") if not ast.get_docstring(tree(path))]
    assert not silent, f"Test modules without a docstring: {silent}"


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{place(path, node)} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in modules()
        for node in functions(path)
        if node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_nothing_is_imported_with_a_star():
    stars = [
        place(path, node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert not stars, f"Star imports: {stars}"
