"""Every key and value of the policy has words in every language, and the words are true."""

import re
from pathlib import Path
from typing import Any

import pytest

import wilma_ext
from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.html import linted
from wilma_ext.blueprints.policy.effect import _CAUTIONS
from wilma_ext.blueprints.policy.forms import SUBJECTS
from wilma_ext.blueprints.policy.meaning import MEANINGS, REACHES
from wilma_ext.blueprints.policy_label import (
    policy_key_label,
    policy_label,
    stored_policy_label,
)
from wilma_ext.rights.policy.caution import Caution
from wilma_ext.rights.policy.policy import WORDS, Policy
from wilma_ext.rights.policy.reach import REACH, Reach
from wilma_ext.vocabulary import Profession

KEYS = tuple(Policy.__dataclass_fields__)
ROOM = Path(wilma_ext.__file__).parent


def values(key: str) -> list[Any]:
    """Every kind of value that the key may have."""
    if key in WORDS:
        return list(WORDS[key])
    special = {
        "joint_from_age": [15, None],
        "fixed_until": [None],
        "statutory_professions": [(), (Profession.KURAATTORI,), tuple(Profession)[:2]],
    }
    default = getattr(Policy(), key)
    return special.get(key, [True, False] if isinstance(default, bool) else [default])


@ONE_DATABASE
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_key_and_value_has_words(desk: Desk, language: str) -> None:
    with desk.app.test_request_context(headers={"Accept-Language": language}):
        told = {(key, value): policy_label(key, value) for key in KEYS for value in values(key)}
        keys = {key: policy_key_label(key) for key in KEYS}
        meanings = [str(text) for m in MEANINGS.values() for text in (m.text, m.effect, m.source)]
    assert not [key for key, name in keys.items() if name == key]
    raw = {f"{key}:{value}" for key, value in told} | {str(value) for _, value in told}
    assert not [pair for pair, name in told.items() if name in raw or name.endswith((":true", ":"))]
    assert len(set(keys.values())) == len(keys)
    assert all(text.endswith(".") for text in meanings)
    if language != "en":
        with desk.app.test_request_context(headers={"Accept-Language": "en"}):
            english = {policy_label(key, value) for key, value in told}
            english |= {policy_key_label(key) for key in KEYS}
            english |= {str(m.text) for m in MEANINGS.values()}
        assert not english & ({*told.values(), *keys.values(), *meanings})


def test_nothing_of_the_policy_is_left_without_words() -> None:
    assert set(MEANINGS) == set(KEYS)
    assert [key for keys in SUBJECTS.values() for key in keys] != []
    assert sorted(key for keys in SUBJECTS.values() for key in keys) == sorted(KEYS)
    assert set(REACHES) == set(Reach)
    assert set(_CAUTIONS) == set(Caution) - {Caution.NO_AGREEMENT}


@ONE_DATABASE
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", ["", "history", "choices/validity", "choices/ages"])
def test_pages_speak_one_language(desk: Desk, language: str, path: str) -> None:
    client = desk.client(IDS.main_user, language)
    page = linted(client.get(f"{desk.url}/policy/{desk.provider()}/{path}"))
    words = set(re.findall(r"[a-zåäö]+", page.ours.text.lower()))
    foreign = {
        "fi": {"the", "is", "och", "samtycke"},
        "sv": {"the", "is", "ja", "suostumus"},
        "en": {"ja", "suostumus", "och", "samtycke"},
    }
    assert not words & foreign[language]


@ONE_DATABASE
def test_an_event_of_the_log_tells_the_change_in_the_same_words(desk: Desk) -> None:
    desk.policy(joint_from_age=None, four_eyes=False, statutory_professions=())
    with desk.app.test_request_context(headers={"Accept-Language": "en"}):
        assert stored_policy_label("joint_from_age", "None") == "At no age"
        assert stored_policy_label("mode", "unheard of") == "unheard of"
    event = desk.events()[-1]
    url = f"{desk.url}/oversight/{desk.provider()}/events/{event.sequence}"
    text = linted(desk.client(IDS.officer).get(url)).ours.text
    assert "Who approves wider rights: One main user alone" in text
    assert "Professions that may see data by law: No profession" in text
    assert "Age from which the pupil and a guardian consent together: At no age" in text


def acted_upon(key: str) -> bool:
    """Whether any code but that which keeps and shows the policy reads the key."""
    files = [
        path
        for room in ("rights", "blueprints", "cli")
        for path in (ROOM / room).rglob("*.py")
        if "policy" not in path.relative_to(ROOM).as_posix()
    ]
    return any(re.search(rf"\.{key}\b", path.read_text("utf-8")) for path in files)


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"validity", "fixed_until"}))
def test_what_is_said_to_be_only_recorded_is(key: str) -> None:
    """A choice that nothing follows says so; one that something follows does not."""
    aliases = {"statutory_professions": "statutory_kuraattori"}
    assert acted_upon(aliases.get(key, key)) == (REACH[key] != Reach.RECORDED)
