"""Words, dates and times as readers in Finland write them, and further languages from a folder."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date

from wilma_ext.errors import SettingsError
from wilma_ext.language import Speech, load_languages

LANGUAGES = load_languages(("fi", "sv", "en"))
MONDAY = date(2026, 11, 16)

ARABIC = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Pupil"
msgstr "تلميذ"
"""


@pytest.mark.parametrize(("code", "word"), [("fi", "Huoltaja"), ("sv", "Vårdnadshavare")])
def test_words_are_translated(code: str, word: str) -> None:
    assert LANGUAGES[code].gettext("Guardian") == word


def test_english_needs_no_catalogue() -> None:
    assert LANGUAGES["en"].gettext("Guardian") == "Guardian"


def test_unknown_text_stays_as_it_is() -> None:
    assert LANGUAGES["fi"].gettext("Never written") == "Never written"


def test_no_text_is_not_the_header_of_the_catalogue() -> None:
    assert LANGUAGES["fi"].gettext("") == ""


def test_names_are_filled_in() -> None:
    told = LANGUAGES["fi"].gettext("Save my answers about %(name)s", name="Åsa Öhman-Mäkelä")
    assert told == "Tallenna vastaukseni: Åsa Öhman-Mäkelä"


def test_percent_sign_alone_is_a_percent_sign() -> None:
    assert LANGUAGES["en"].gettext("50 % of pupils") == "50 % of pupils"


@pytest.mark.parametrize(
    ("code", "number", "told"),
    [
        ("fi", 0, "0 oppilasta"),
        ("fi", 1, "1 oppilas"),
        ("fi", 2, "2 oppilasta"),
        ("sv", 0, "0 elever"),
        ("sv", 1, "1 elev"),
        ("sv", 412, "412 elever"),
        ("en", 1, "1 pupil"),
        ("en", 2, "2 pupils"),
    ],
)
def test_plural(code: str, number: int, told: str) -> None:
    assert LANGUAGES[code].ngettext("%(num)s pupil", "%(num)s pupils", number) == told


def test_plural_leaves_other_names_to_the_caller() -> None:
    weeks = LANGUAGES["fi"].ngettext("%(weeks)s week", "%(weeks)s weeks", 3)
    assert weeks % {"weeks": 3} == "3 viikkoa"


def test_plural_fills_in_further_names() -> None:
    told = LANGUAGES["en"].ngettext("%(num)s of %(all)s", "%(num)s of %(all)s", 2, all=9)
    assert told == "2 of 9"


@pytest.mark.parametrize("code", LANGUAGES)
def test_dates_are_those_of_finland(code: str) -> None:
    assert LANGUAGES[code].date(date(2026, 11, 21)) == "21.11.2026"
    assert LANGUAGES[code].date(date(2027, 1, 5)) == "5.1.2027"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("instant", "told"),
    [
        (datetime(2026, 11, 21, 10, 5, tzinfo=UTC), "21.11.2026 12.05"),
        (datetime(2026, 7, 31, 21, 0, tzinfo=UTC), "1.8.2026 0.00"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29.3.2026 2.59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29.3.2026 4.00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25.10.2026 3.30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25.10.2026 3.30"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "25.10.2026 4.30"),
    ],
    ids=str,
)
def test_instants_are_in_helsinki_time(code: str, instant: datetime, told: str) -> None:
    assert LANGUAGES[code].instant(instant) == told


@pytest.mark.parametrize(
    ("code", "letters", "monday"),
    [
        ("fi", ("ma", "ti", "ke", "to", "pe"), "maanantai"),
        ("sv", ("mån", "tis", "ons", "tors", "fre"), "måndag"),
        ("en", ("Mon", "Tue", "Wed", "Thu", "Fri"), "Monday"),
    ],
)
def test_weekdays_are_in_the_nominative(code: str, letters: tuple[str, ...], monday: str) -> None:
    speech = LANGUAGES[code]
    assert tuple(name.rstrip(".") for name in speech.weekday_letters()) == letters
    assert format_date(MONDAY, "cccc", locale=speech.locale) == monday


def test_finnish_names_every_weekday_in_the_nominative() -> None:
    locale = LANGUAGES["fi"].locale
    days = [format_date(MONDAY + timedelta(days=n), "cccc", locale=locale) for n in range(7)]
    assert not [day for day in days if day.endswith("na")]


@pytest.mark.parametrize(
    ("code", "name"),
    [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"), ("ar", "العربية"), ("so", "Soomaali")],
)
def test_languages_bear_their_own_names(code: str, name: str) -> None:
    assert Speech(code).own_name == name


def test_languages_keep_their_order() -> None:
    assert list(load_languages(("sv", "fi"))) == ["sv", "fi"]


@pytest.mark.parametrize("folder", ["", "no-such-folder"])
def test_language_without_a_catalogue_is_a_mistake_in_the_settings(folder: str) -> None:
    with pytest.raises(SettingsError, match="'ar'"):
        load_languages(("fi", "ar"), folder)


def test_further_language_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "ar.po").write_text(ARABIC, encoding="utf-8")
    speech = load_languages(("fi", "ar"), str(tmp_path))["ar"]
    assert speech.gettext("Pupil") == "تلميذ"
    assert speech.gettext("Guardian") == "Guardian"
    assert speech.direction == "rtl"
    assert speech.date(date(2026, 11, 21)) == "21.11.2026"
    assert speech.instant(datetime(2026, 11, 21, 10, 5, tzinfo=UTC)) == "21.11.2026 12.05"


@pytest.mark.parametrize("code", LANGUAGES)
def test_own_languages_run_from_left_to_right(code: str) -> None:
    assert LANGUAGES[code].direction == "ltr"


def test_folder_does_not_replace_the_package(tmp_path: Path) -> None:
    (tmp_path / "fi.po").write_text(ARABIC, encoding="utf-8")
    assert load_languages(("fi",), str(tmp_path))["fi"].gettext("Pupil") == "Oppilas"
