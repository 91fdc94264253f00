"""The tree names no machine and no registry, and templates hold neither Chinese nor inline script."""

import re

import pytest

from tests.architecture.source import PACKAGE, ROOT, texts

# Put together here so that this file does not itself hold what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(rf"(?<![\w.$}}]){re.escape('/' + name)}/" for name in ("work", "tmp", "root", "home"))
)
HOSTS = re.compile("|".join(re.escape(f"{a}.{b}") for a, b in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmmirror", "com"), ("debian", "org/debian"),
    ("tuna.tsinghua.edu", "cn"), ("mirrors.aliyun", "com"),
)))  # fmt: skip
LOCKS = {"frontend/package-lock.json"}
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SAMPLES = {"gallery.html"}
"""Pages of made-up content, to look at components in the language that they are made for."""


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Return `path:line: text` wherever the tree holds the pattern."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_a_machine_is_named():
    found = lines_with(MACHINE_PATHS)
    assert not found, "\n".join(found)


def test_no_registry_is_named():
    found = lines_with(HOSTS)
    assert not found, "\n".join(found)


def test_the_licence_is_there_in_full():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def without_comments(text: str) -> str:
    """Return a template without what Django leaves out."""
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}|<!--.*?-->", "", text, flags=re.DOTALL)


def template_faults(pattern: str) -> list[str]:
    """Return which templates hold a pattern in what they send, that is outside comments and tags."""
    faults = []
    for path in TEMPLATES:
        sent = re.sub(r"{%.*?%}", "", without_comments(path.read_text(encoding="utf-8")), flags=re.DOTALL)
        faults += [f"{path.relative_to(ROOT)}: {found[0].strip()[:80]}" for found in re.finditer(pattern, sent)]
    return faults


def test_templates_hold_english_that_is_translated():
    found = [
        fault for fault in template_faults(r"[\u3400-\u9fff]+") if not SAMPLES.intersection(re.split("[/:]", fault))
    ]
    assert not found, "Write English in {% translate %}, the Chinese in the catalogue:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "pattern",
    [r"<script(?![^>]*\bsrc=)[^>]*>\s*[^<\s]", r"<style\b", r"\sstyle=[\"']", r"\son[a-z]+=[\"']", r"javascript:"],
    ids=["inline script", "style element", "style attribute", "event attribute", "script address"],
)
def test_templates_keep_to_the_content_policy(pattern):
    allowed = r"<script[^>]*type=[\"']application/(ld\+)?json"
    found = [fault for fault in template_faults(pattern) if not re.search(allowed, fault)]
    assert not found, "\n".join(found)
