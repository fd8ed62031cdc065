"""Deployment settings: `WILMA_EXT_*` keys of the host's configuration, read once (D17)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from wilma_ext.errors import SettingsError

PREFIX = "WILMA_EXT_"

#: Settings that mean something only together.
PAIRS = (("help_text", "help_url"),)


@dataclass(frozen=True)
class Settings:
    """Everything a deployment may set; what a municipality decides is policy, not a setting."""

    #: The host's bridge template; ours stands alone.
    base_template: str = "wilma_ext/fallback.html"
    #: Where the pages live.
    url_prefix: str = "/wilma-ext"
    #: Signs the tokens of forms; the host's secret key where unset.
    secret_key: str = ""
    #: Languages offered, best first; each needs a catalogue.
    languages: tuple[str, ...] = ("fi", "sv", "en")
    #: A folder of further catalogues (`<language>.po`).
    translations: str = ""
    #: A municipality's own sheet of colour variables.
    theme_css: str = ""
    #: Where a person gets help: words and a link.
    help_text: str = ""
    help_url: str = ""
    accessibility_url: str = ""
    #: Send the strict content security policy also inside a host's layout.
    strict_csp: bool = False
    #: How long an open form may be saved, in seconds.
    form_seconds: int = 12 * 3600

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> "Settings":
        """Read the host's configuration; an unknown, mistyped or half-set key is an error."""
        given = {k[len(PREFIX) :].lower(): v for k, v in config.items() if k.startswith(PREFIX)}
        known = {field.name: field for field in fields(cls)}
        unknown = sorted(PREFIX + name.upper() for name in given.keys() - known.keys())
        if unknown:
            raise SettingsError(f"unknown setting: {', '.join(unknown)}")
        values = {name: _typed(name, value) for name, value in given.items()}
        settings = cls(**values)
        settings._check()
        return settings

    def _check(self) -> None:
        for first, second in PAIRS:
            if bool(getattr(self, first)) != bool(getattr(self, second)):
                names = f"{PREFIX}{first.upper()} and {PREFIX}{second.upper()}"
                raise SettingsError(f"{names} belong together: set both or neither")
        if not self.url_prefix.startswith("/") or self.url_prefix.endswith("/"):
            raise SettingsError(f"{PREFIX}URL_PREFIX must begin with / and not end with it")
        if not self.languages:
            raise SettingsError(f"{PREFIX}LANGUAGES must name at least one language")
        if self.form_seconds < 60:
            raise SettingsError(f"{PREFIX}FORM_SECONDS must be at least 60")


def _typed(name: str, value: Any) -> Any:
    default = getattr(Settings, name)
    if isinstance(default, tuple) and isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    if type(value) is not type(default):
        wanted = type(default).__name__
        raise SettingsError(f"{PREFIX}{name.upper()} must be {wanted}, not {value!r}")
    return value
