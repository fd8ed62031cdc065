"""Host ids: what does not round-trip is unknown, never a query and never an error."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Date, Integer, String, Text, Uuid

from wilma_ext.errors import NotFound, RegisterError
from wilma_ext.register.reference import as_reference, family, parse


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_integer_round_trips(number: int) -> None:
    assert parse(as_reference(number), Integer()) == number


@pytest.mark.parametrize(
    "text",
    [
        "012",
        "１２",
        str(2**70),
        "12abc",
        " 12",
        "12 ",
        "+12",
        "1.0",
        "-0",
        "",
        "0x1f",
        "1e3",
        "None",
    ],
)
def test_text_that_is_no_number_of_ours_is_unknown(text: str) -> None:
    with pytest.raises(NotFound):
        parse(text, BigInteger())


@given(st.uuids())
def test_uuid_round_trips(value: uuid.UUID) -> None:
    assert parse(as_reference(value), Uuid()) == value


@pytest.mark.parametrize("text", ["", "x" * 201, "a\x00b", "line\nbreak", "\ud800"])
def test_text_that_no_database_holds_is_unknown(text: str) -> None:
    with pytest.raises(NotFound):
        parse(text, String())


@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60))
def test_text_id_is_taken_byte_for_byte(text: str) -> None:
    assert parse(text, Text()) == text


def test_other_types_are_no_ids() -> None:
    with pytest.raises(RegisterError, match="integer, a text or a UUID"):
        family(Date())
