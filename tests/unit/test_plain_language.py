"""Sentences are told apart as a reader tells them apart; a summary is measured by them (G4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wilma_ext.rights.form.default_text import default_form_texts
from wilma_ext.rights.form.difference import Kind, pieces_of
from wilma_ext.rights.form.plain_language import plainness_of, sentences_of
from wilma_ext.rights.form.sentence import filled

SENTENCES = st.lists(
    st.sampled_from(["Yksi.", "Kaksi ja kolme.", "Entä neljä?", "31.7. asti."]), max_size=6
)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("Suostumus on voimassa 31.7. asti. Voit muuttaa sen.", 2),
        ("Yksi rivi\nToinen rivi", 2),
        ("Saako nähdä? Ei saa! Äiti päättää.", 3),
        ("Poissaolot (esim. lomat) näkyvät.", 1),
    ],
)
def test_a_sentence_ends_where_the_next_begins(text: str, sentences: int | list[str]) -> None:
    assert len(sentences_of(text)) == (sentences or 0)


def test_words_and_their_average_are_counted() -> None:
    plain = plainness_of("Yksi kaksi kolme. Neljä 31.7.2027 kuusi, seitsemän kahdeksan.")
    assert (plain.words, plain.sentences, plain.average) == (8, 2, 4.0)
    assert not (plain.too_long)
    assert not (plain.too_winding)
    assert plainness_of("").average == 0


@pytest.mark.parametrize(("words", "long", "winding"), [(15, False, False), (16, False, True)])
def test_more_than_fifteen_words_wind(words: int, long: bool, winding: bool) -> None:
    plain = plainness_of("sana " * words)
    assert (plain.too_long, plain.too_winding) == (long, winding)


def test_a_hundred_and_twenty_words_are_enough() -> None:
    assert not plainness_of("Sana. " * 120).too_long
    assert plainness_of("Sana. " * 121).too_long


@pytest.mark.parametrize("rule", ["school_year", "open"])
def test_the_default_summary_is_plain(rule: str) -> None:
    texts = default_form_texts(dict.fromkeys(("fi", "sv", "en"), "Länsi-Uudenmaan hyvinvointialue"))
    summary = filled("fi", texts["fi"], rule, None)["summary"]
    assert not plainness_of(summary).too_long
    assert not plainness_of(summary).too_winding


@given(SENTENCES, SENTENCES)
def test_a_comparison_holds_both_texts_whole(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    pieces = pieces_of(before, after)
    kept = [p.text for p in pieces if p.kind != Kind.ADDED]
    written = [p.text for p in pieces if p.kind != Kind.REMOVED]
    assert " ".join(kept) == " ".join(old)
    assert " ".join(written) == " ".join(new)
    if old == new:
        assert {piece.kind for piece in pieces} <= {Kind.SAME}
