"""Signals for the host to send its own messages by (blinker); the plugin itself sends none.

    from wilma_ext.signals import answer_recorded

    @answer_recorded.connect
    def thank(app, *, provider_ref, pupil_ref, person_refs, instant, act, channel, **_):
        ...

Sender is the Flask app. A signal is sent after the commit of what it tells of, and never where the
act failed; an exception of a receiver is logged (logger `wilma_ext`) and reaches nobody else. Every
signal carries

* `provider_ref`, `pupil_ref` - the host's own ids, as text;
* `person_refs` - a tuple of the person ids of those of the family whom it concerns, for the host to
  write to; nobody else is to be told;
* `instant` - when it happened or was noticed, aware.

No signal tells what anybody said, and none exists about look-ups: that a child has anything to do
with pupil welfare is not for a message (R16). Take further keywords with `**_`: later versions may
add some.

`answer_recorded`
    Somebody answered or took an answer back, themselves or on paper; to that person. Further:
    `act` (`answer` or `withdrawal`) and `channel` (`online` or `paper`).
`consent_ended`
    A person's yes about the pupil ended by itself: it ran out, the pupil came of age, moved or has
    other guardians, or the form changed. Sent by `flask wilma-ext tick`, once to each person whose
    yes it was, if that person still is a guardian who decides, or the pupil.
`consent_conflict`
    One who decides says yes, another no, on the same question; to the guardians who decide. Sent
    once for each disagreement, by the act that makes it or else by `tick`.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from blinker import NamedSignal

answer_recorded = NamedSignal("answer_recorded", "Somebody answered, or took an answer back.")
consent_ended = NamedSignal("consent_ended", "A yes ended by itself.")
consent_conflict = NamedSignal("consent_conflict", "Those who decide disagree.")

_log = logging.getLogger("wilma_ext")


@dataclass(frozen=True)
class Announcement:
    """What a signal will say, kept until the commit."""

    signal: NamedSignal
    words: Mapping[str, object]


def deliver(sender: Any, announcements: Iterable[Announcement]) -> None:
    """Send each announcement to every receiver; one that fails does not keep the others from it."""
    for announcement in announcements:
        signal = announcement.signal
        for receiver in signal.receivers_for(sender):
            try:
                receiver(sender, **announcement.words)
            except Exception:
                _log.exception("a receiver of the signal %s failed", signal.name)
