"""Half a configuration is a clear start-up error."""

import pytest

from wilma_ext.errors import SettingsError
from wilma_ext.settings import Settings


def test_defaults() -> None:
    assert Settings.read({"SECRET_KEY": "x"}) == Settings()


def test_known_keys_are_read() -> None:
    settings = Settings.read({"WILMA_EXT_LANGUAGES": ["sv", "fi"], "WILMA_EXT_FORM_SECONDS": 600})
    assert settings.languages == ("sv", "fi")
    assert settings.form_seconds == 600


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"WILMA_EXT_LANGUAGE": "fi"}, "unknown setting: WILMA_EXT_LANGUAGE"),
        ({"WILMA_EXT_STRICT_CSP": "yes"}, "WILMA_EXT_STRICT_CSP must be bool"),
        ({"WILMA_EXT_FORM_SECONDS": True}, "WILMA_EXT_FORM_SECONDS must be int"),
        ({"WILMA_EXT_FORM_SECONDS": 5}, "at least 60"),
        ({"WILMA_EXT_HELP_TEXT": "Call"}, "WILMA_EXT_HELP_TEXT and WILMA_EXT_HELP_URL"),
        ({"WILMA_EXT_URL_PREFIX": "wilma"}, "must begin with /"),
        ({"WILMA_EXT_LANGUAGES": []}, "at least one language"),
    ],
)
def test_wrong_settings_are_named(config: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        Settings.read(config)
