"""bin/messages: collects, derives, compiles, and names every gap."""

import gettext
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import SimpleNamespace

import pytest

TOOL = Path(__file__).resolve().parents[2] / "bin" / "messages"
VIEWS = '''"""Views."""
from django.utils.translation import gettext as _, ngettext, pgettext

A = _("Submit the request for %(place)s")
B = ngettext("%(n)d case", "%(n)d cases", 2)
C = pgettext("verb", "Close")
'''
PAGE = """{% load i18n %}
  <p>{% translate "It's 50% done" %}</p>
    {% blocktranslate trimmed count n=cases %}
      <b>{{ n }}</b> household reports it too
    {% plural %}
      <b>{{ n }}</b> households report it too
    {% endblocktranslate %}
"""
WORDS = {
    "Submit the request for %(place)s": "提交%(place)s的诉求",
    "%(n)d case": "%(n)d件台账",
    "Close": "办结",
    "It's 50%% done": "办了50%%",
    "<b>%(n)s</b> household reports it too": "<b>%(n)s</b>户也反映",
}


class Tree:
    """A project with one app, and the tool looking at it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
        self.root, self.app = root, root / "src/jinlin/wishes"
        self.monkeypatch, self.capsys = monkeypatch, capsys
        self.po = self.app / "locale/zh_Hans/LC_MESSAGES/django.po"
        (self.app / "templates/wishes").mkdir(parents=True)
        (self.app / "views.py").write_text(VIEWS, encoding="utf-8")
        (self.app / "templates/wishes/list.html").write_text(PAGE, encoding="utf-8")
        loader = SourceFileLoader("messages_tool", str(TOOL))
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        self.tool = module_from_spec(spec_from_loader("messages_tool", loader))
        loader.exec_module(self.tool)
        self.tool.ROOT, self.tool.PACKAGE = root, root / "src/jinlin"

    def run(self, *words: str) -> SimpleNamespace:
        """Run the tool and return its exit code and what it said."""
        self.monkeypatch.setattr(sys, "argv", ["messages", *words])
        try:
            code, complaint = self.tool.main(), ""
        except SystemExit as stop:
            code, complaint = 1, str(stop)
        said = self.capsys.readouterr()
        return SimpleNamespace(returncode=code, stdout=said.out, stderr=said.err + complaint)

    def translate(self, words: dict[str, str]) -> None:
        """Fill in translations as a person would, in the file."""
        lines, current = [], ""
        for line in self.po.read_text(encoding="utf-8").splitlines():
            if line.startswith("msgid "):
                current = line[7:-1]
            if line in {'msgstr ""', 'msgstr[0] ""'} and current in words:
                line = f'{line[:-2]}"{words[current]}"'
            lines.append(line)
        self.po.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def reads(self, language: str) -> gettext.GNUTranslations:
        """Return the compiled catalogue of a language."""
        with (self.app / f"locale/{language}/LC_MESSAGES/django.mo").open("rb") as file:
            return gettext.GNUTranslations(file)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tree:
    """A project whose messages were collected."""
    tree = Tree(tmp_path, monkeypatch, capsys)
    assert tree.run().returncode == 0
    return tree


def test_messages_of_code_and_templates_are_collected(project):
    text = project.po.read_text(encoding="utf-8")
    assert all(f'msgid "{words}"' in text for words in WORDS)
    assert 'msgctxt "verb"' in text
    assert "views.py" not in text, "line numbers would change the file with every edit"


def test_each_gap_is_named(project):
    answer = project.run("--check")
    assert answer.returncode == 1
    assert answer.stdout.count("there is no translation") == len(WORDS)
    assert "src/jinlin/wishes/views.py:4: 'Submit the request for %(place)s'" in answer.stdout


def test_a_complete_catalogue_passes_and_is_compiled_in_both_scripts(project):
    project.translate(WORDS)
    assert project.run("--check").returncode == 0, project.run("--check").stdout
    project.run()
    assert project.reads("zh_Hans").gettext("Submit the request for %(place)s") == "提交%(place)s的诉求"
    assert project.reads("zh_Hant").gettext("Submit the request for %(place)s") == "提交%(place)s的訴求"
    assert project.reads("zh_Hant").ngettext("%(n)d case", "%(n)d cases", 1) == "%(n)d件台賬"
    assert project.reads("zh_Hant").pgettext("verb", "Close") == "辦結"


def test_translations_stay_and_unused_messages_go(project):
    project.translate(WORDS)
    (project.app / "templates/wishes/list.html").unlink()
    project.run()
    text = project.po.read_text(encoding="utf-8")
    assert "提交%(place)s的诉求" in text
    assert "50%%" not in text


def test_a_second_run_changes_nothing(project):
    before = project.po.stat().st_mtime_ns
    assert project.run().stdout == ""
    assert project.po.stat().st_mtime_ns == before


def test_a_catalogue_behind_its_sources_is_named(project):
    project.translate(WORDS)
    (project.app / "views.py").write_text(VIEWS + '\nD = _("Return")\n', encoding="utf-8")
    assert "out of date; run bin/messages wishes" in project.run("--check").stdout


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("提交的诉求", "the placeholders differ"),
        ("提交%(place)的诉求", "the placeholders differ"),
        ("<b>提交</b>%(place)s的诉求", "the HTML tags differ"),
        ("用%(place)s赋能", "is a slogan"),
        ("提交%(place)s的诉求！", "an exclamation mark"),
        ("提交%(place)s的诉求,再等", "half-width punctuation"),
        ("提交%(place)s的 3 件诉求", "a typed space"),
    ],
)
def test_a_bad_translation_is_named(project, text, fault):
    project.translate(WORDS | {"Submit the request for %(place)s": text})
    answer = project.run("--check")
    assert answer.returncode == 1
    assert fault in answer.stdout


@pytest.mark.parametrize("answer", ["确定", "取消"])
def test_a_button_that_names_no_act_is_refused(project, answer):
    project.translate(WORDS | {"Close": answer})
    assert "says nothing; name the act" in project.run("--check").stdout


def test_a_doubtful_translation_counts_as_missing(project):
    project.translate(WORDS)
    text = project.po.read_text(encoding="utf-8")
    project.po.write_text(text.replace('msgctxt "verb"', '#, fuzzy\nmsgctxt "verb"'), encoding="utf-8")
    assert "marked fuzzy" in project.run("--check").stdout


def test_two_apps_may_not_say_the_same_words_differently(project):
    project.translate(WORDS)
    other = project.root / "src/jinlin/visits"
    other.mkdir()
    (other / "views.py").write_text('"""Views."""\nA = pgettext("verb", "Close")\n', encoding="utf-8")
    project.run("visits")
    po = other / "locale/zh_Hans/LC_MESSAGES/django.po"
    po.write_text(po.read_text(encoding="utf-8").replace('msgstr ""\n', 'msgstr "关闭"\n'), encoding="utf-8")
    assert "use a context" in project.run("--check").stdout


def test_an_unknown_app_is_an_error_that_names_the_known_ones(project):
    answer = project.run("wish")
    assert answer.returncode == 1
    assert "No app called wish" in answer.stderr
    assert "wishes" in answer.stderr
