"""Languages by the Babel library alone, with or without a Flask-Babel in the host (D14)."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from wilma_ext.clock import HELSINKI, utc
from wilma_ext.errors import SettingsError

#: The language of the message ids.
SOURCE = "en"


@dataclass(frozen=True)
class Speech:
    """One language: its words, dates and writing direction."""

    code: str
    catalogue: NullTranslations = field(default_factory=NullTranslations)

    @property
    def locale(self) -> Locale:
        """Babel's locale; Finland's Swedish and English dates are those of Finland."""
        return Locale.parse({"sv": "sv_FI", "fi": "fi_FI", "en": "en_FI"}.get(self.code, self.code))

    @property
    def own_name(self) -> str:
        """The language's name in itself, as the switch shows it."""
        name = self.locale.get_language_name(self.code) or self.code
        return name[:1].upper() + name[1:]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.locale.text_direction

    def gettext(self, message: str, **values: object) -> str:
        """Return the message in this language, with named values filled in."""
        text: str = self.catalogue.ugettext(message) if message else ""
        return text % values if values else text

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Return the message for the number, which is filled in where it says `%(num)s`."""
        text: str = self.catalogue.ungettext(one, many, num)
        return text % {"num": num, **values} if values or "%(num)" in text else text

    def date(self, day: date) -> str:
        """Return the day as Finland writes it: 21.11.2026."""
        return format_date(day, "d.M.yyyy", locale=self.locale)

    def instant(self, instant: datetime) -> str:
        """Return the instant in Helsinki time: 21.11.2026 12.05."""
        local = utc(instant).astimezone(HELSINKI)
        return f"{self.date(local.date())} {format_time(local, 'H.mm', locale=self.locale)}"

    def weekday_letters(self) -> tuple[str, ...]:
        """Return short names of Monday to Friday, in the nominative."""
        monday = date(2026, 11, 16)
        days = (monday.replace(day=monday.day + n) for n in range(5))
        return tuple(format_date(day, "ccc", locale=self.locale) for day in days)


def load_languages(codes: tuple[str, ...], folder: str = "") -> Mapping[str, Speech]:
    """Return the languages in their order; each but English needs a `.po` file.

    Catalogues are read from the package and from `folder`, where a further language is one file.
    """
    return {code: Speech(code, _catalogue(code, folder)) for code in codes}


def _catalogue(code: str, folder: str) -> NullTranslations:
    for source in _sources(code, folder):
        if source.is_file():
            return _compiled(source.read_bytes())
    if code == SOURCE:
        return NullTranslations()
    raise SettingsError(f"there is no catalogue for the language {code!r}")


def _sources(code: str, folder: str) -> list[Path]:
    own = Path(str(files("wilma_ext") / "translations" / f"{code}.po"))
    return [own, *([Path(folder) / f"{code}.po"] if folder else [])]


@lru_cache(maxsize=16)
def _compiled(po: bytes) -> Translations:
    """Compile in memory, once in a process: the .po file is the only copy of a translation."""
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(po)))
    compiled.seek(0)
    return Translations(compiled)
