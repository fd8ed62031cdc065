"""How plain a Finnish summary is: few words, short sentences (G4)."""

import re
from dataclasses import dataclass

#: A summary is read on a phone, by people in a hurry.
MOST_WORDS, LONGEST_SENTENCE = 120, 15

_WORD = re.compile(r"\w[\w.,:/-]*")
_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zåäö])|\n+")


@dataclass(frozen=True)
class Plainness:
    """The words of a text, and of its sentences on average."""

    words: int
    sentences: int

    @property
    def average(self) -> float:
        """Words in a sentence on average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def too_long(self) -> bool:
        """Whether the text has more words than a summary should."""
        return self.words > MOST_WORDS

    @property
    def too_winding(self) -> bool:
        """Whether its sentences are longer on average than they should be."""
        return self.average > LONGEST_SENTENCE


def plainness_of(text: str) -> Plainness:
    """Count the words and sentences; a line is at least one sentence."""
    return Plainness(len(_WORD.findall(text)), len(sentences_of(text)))


def sentences_of(text: str) -> list[str]:
    """Split a text into its sentences; "31.7. asti" is the middle of one."""
    return [piece.strip() for piece in _END.split(text) if piece.strip()]
