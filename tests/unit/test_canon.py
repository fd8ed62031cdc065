"""Canonical bytes: one spelling for one meaning."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wilma_ext.oversight.canon import canonical
from wilma_ext.oversight.event import KEYS, Actor, Event, Recorded

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_bytes_read_back_to_the_same_bytes(value: object) -> None:
    written = canonical(value)
    assert canonical(json.loads(written)) == written


def test_spellings_of_one_word_are_one() -> None:
    assert canonical("Ma\u0308ki") == canonical("M\u00e4ki")


def test_order_of_keys_does_not_matter() -> None:
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, object(), b"bytes"])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_lone_surrogate_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud800")


def test_every_event_has_its_keys_and_a_wrong_one_is_refused() -> None:
    assert set(KEYS) == set(Event)
    with pytest.raises(ValueError, match="wrong keys"):
        Recorded("p", Event.AUDIT_READ, Actor("a", "officer"), data={"filter": "x"})
