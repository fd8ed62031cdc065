"""No page lacks a translation: the catalogues hold every text of the code and the templates."""

import ast
from pathlib import Path

import pytest
from babel.messages import Catalog
from jinja2 import Environment, nodes

from tools.catalogue import KEYWORDS, OWN, PACKAGE, main, problems, read, template, update


def texts(*ids: str | tuple[str, str]) -> Catalog:
    found = Catalog()
    for text in ids:
        found.add(text)
    return found


def catalogue(folder: Path, entries: str) -> Path:
    path = folder / "fi.po"
    update(path, texts())
    path.write_text(path.read_text(encoding="utf-8") + "\n" + entries, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def written() -> Catalog:
    """Every text of the package."""
    return template()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_every_text_is_translated(path: Path, written: Catalog) -> None:
    assert list(problems(path, written)) == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_catalogues_are_sorted_and_carry_neither_dates_nor_places(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith("#: ") or "Date: " in line]
    ids = [
        message.id[0] if message.pluralizable else message.id
        for message in read(path)
        if message.id
    ]
    assert ids == sorted(ids)


def test_texts_come_from_code_and_templates(written: Catalog) -> None:
    for text in ("Page not found", "Saving…", "school nurse", "%(num)s pupil"):
        assert written.get(text) is not None, text


def test_code_gives_literal_texts_to_the_translator() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                wanted = 2 if call.func.id == "ngettext" else 1
                if call.func.id in KEYWORDS:
                    for text in call.args[:wanted]:
                        assert isinstance(text, ast.Constant), f"{path}:{call.lineno}"


def test_templates_give_literal_texts_to_the_translator() -> None:
    for path in sorted((PACKAGE / "templates").rglob("*.html")):
        tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in KEYWORDS:
                wanted = 2 if call.node.name == "ngettext" else 1
                for text in call.args[:wanted]:
                    assert isinstance(text, nodes.Const), f"{path}:{call.lineno}"


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("", "missing"),
        ('msgid "Pupil"\nmsgstr ""', "untranslated"),
        ('#, fuzzy\nmsgid "Pupil"\nmsgstr "Oppilas"', "fuzzy"),
        ('msgid "Pupil"\nmsgstr "Oppilas "', "other space at the beginning or the end"),
        ('msgid "Pupil"\nmsgstr "Oppilas %(name)s"', "other placeholders"),
        ('msgid "Pupil"\nmsgstr "100 %"', "other placeholders"),
    ],
)
def test_check_names_the_problem(tmp_path: Path, entry: str, problem: str) -> None:
    found = list(problems(catalogue(tmp_path, entry), texts("Pupil")))
    assert found == [f"fi.po: {problem}: 'Pupil'"]


@pytest.mark.parametrize("word", ["%(nimi)s", "", "%(name)d"])
def test_check_compares_the_names_of_placeholders(tmp_path: Path, word: str) -> None:
    entry = f'msgid "Select %(name)s"\nmsgstr "Valitse {word}."'
    found = list(problems(catalogue(tmp_path, entry), texts("Select %(name)s")))
    assert found == ["fi.po: other placeholders: 'Select %(name)s'"]


@pytest.mark.parametrize(
    ("forms", "found"),
    [
        (["%(num)s oppilas", "%(num)s oppilasta"], []),
        (["yksi oppilas", "%(num)s oppilasta"], ["other placeholders"]),
        (["%(num)s oppilas", ""], ["plural forms missing"]),
        (["%(num)s oppilas"], ["plural forms missing"]),
        (["", ""], ["untranslated"]),
    ],
)
def test_check_wants_every_plural_form(tmp_path: Path, forms: list[str], found: list[str]) -> None:
    lines = ['msgid "%(num)s pupil"', 'msgid_plural "%(num)s pupils"']
    lines += [f'msgstr[{number}] "{form}"' for number, form in enumerate(forms)]
    pupils = texts(("%(num)s pupil", "%(num)s pupils"))
    told = [f"fi.po: {problem}: '%(num)s pupil'" for problem in found]
    assert list(problems(catalogue(tmp_path, "\n".join(lines)), pupils)) == told


def test_singular_may_go_without_the_number_where_english_does(tmp_path: Path) -> None:
    entry = (
        'msgid "One pupil"\nmsgid_plural "%(num)s pupils"\nmsgstr[0] "Yksi"\nmsgstr[1] "%(num)s"'
    )
    pupils = texts(("One pupil", "%(num)s pupils"))
    assert list(problems(catalogue(tmp_path, entry), pupils)) == []


def test_update_keeps_translations_drops_what_is_gone_and_settles(tmp_path: Path) -> None:
    gone = 'msgid "Teacher"\nmsgstr "Opettaja"\n\nmsgid "Pupil"\nmsgstr "Oppilas"\n'
    path = catalogue(tmp_path, gone)
    update(path, texts("Pupil", "Guardian", "Pupils"))
    written = path.read_text(encoding="utf-8")
    assert "Teacher" not in written
    assert "fuzzy" not in written
    assert 'msgid "Pupil"\nmsgstr "Oppilas"' in written
    assert written.index("Guardian") < written.index('"Pupil"') < written.index('"Pupils"')
    update(path, texts("Pupil", "Guardian", "Pupils"))
    assert path.read_text(encoding="utf-8") == written


def test_further_language_begins_with_its_own_plural_forms(tmp_path: Path) -> None:
    path = tmp_path / "ar.po"
    assert main(["update", str(path)]) == 0
    assert "nplurals=6" in path.read_text(encoding="utf-8")
    assert main(["check", str(path)]) == 1


def test_commands_tell_their_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "every catalogue is complete" in capsys.readouterr().out
    assert main(["translate"]) == 2
    assert "usage" in capsys.readouterr().err
