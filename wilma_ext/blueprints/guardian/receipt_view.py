"""The receipt as a person reads it; the page and the file take their words from here (G10)."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.guardian.row import Row, pair_rows, said_rows, state_texts
from wilma_ext.blueprints.guardian.sentence import coming_sentences
from wilma_ext.blueprints.label import profession_label
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.rights.consent.coming import Coming
from wilma_ext.rights.consent.family import Consent
from wilma_ext.rights.consent.own_pair import Word, WordState
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.place import Place
from wilma_ext.rights.consent.receipt import Receipt
from wilma_ext.rights.consent.shown_pair import Showing, Shown
from wilma_ext.rights.provider import Names
from wilma_ext.vocabulary import Choice, Profession


@dataclass(frozen=True)
class ReceiptView:
    """All that a receipt says beside the answer itself."""

    county: str
    provider: str
    professions: tuple[str, ...]
    rows: tuple[Row, ...]
    state: tuple[str, ...]
    validity: str
    #: Whether the rows name the last day already.
    is_dated: bool
    #: Who no longer sees what, and since when; empty where nothing had been open.
    closed: str
    closed_rows: tuple[Row, ...]
    still: str
    still_rows: tuple[Row, ...]
    withdrawal: str
    withdrawal_url: str
    coming: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """How things stand around a receipt when it is shown."""

    consent: Consent
    shown: Mapping[ConsentPair, Shown]
    coming: tuple[Coming, ...]
    county: Names
    handle: str


def receipt_view(receipt: Receipt, now: Situation) -> ReceiptView:
    """Return the receipt in the words of the page's language."""
    code = current_visit().speech.code
    still = _still_open(receipt, now)
    return ReceiptView(
        county=now.county.in_language(code),
        provider=receipt.provider.in_language(code),
        professions=_professions(receipt),
        rows=_own_rows(receipt, now),
        state=state_texts(receipt, words_now(receipt, now)),
        validity=_validity(receipt),
        is_dated=not receipt.withdrawal and any(one.until for one in receipt.said),
        closed=_closed(receipt, now),
        closed_rows=tuple(pair_rows(receipt.closed)) if _may_know(now) else (),
        still=gettext("Still seen, because somebody else's yes is enough:") if still else "",
        still_rows=tuple(pair_rows(still)),
        withdrawal=_how_to_withdraw(now.consent),
        withdrawal_url=url_for("wilma_ext.guardian.child", pupil=now.handle, _external=True),
        coming=tuple(coming_sentences(now.consent, now.coming)),
    )


def words_now(receipt: Receipt, now: Situation) -> dict[ConsentPair, Word]:
    """Return what has become of the person's word on every pair of the receipt."""
    unanswered = Word(WordState.UNANSWERED)
    return {one.pair: now.consent.words.get(one.pair, unanswered) for one in receipt.said}


def _own_rows(receipt: Receipt, now: Situation) -> tuple[Row, ...]:
    """What was said; a withdrawal that told already who no longer sees it is not told twice."""
    told = receipt.withdrawal and _may_know(now) and bool(receipt.closed)
    if told and {one.pair for one in receipt.said} == set(receipt.closed):
        return ()
    return tuple(said_rows(receipt))


def _may_know(now: Situation) -> bool:
    """A closed page tells of the person's own acts alone (G14)."""
    return now.consent.place == Place.MAY_ANSWER


def _professions(receipt: Receipt) -> tuple[str, ...]:
    """Return to whom the answer refers, in the order in which they are always named."""
    named = {one.pair.profession for one in receipt.said}
    return tuple(profession_label(p.value) for p in Profession if p.value in named)


def _validity(receipt: Receipt) -> str:
    if receipt.withdrawal:
        return gettext("A withdrawal takes effect at once and has no end.")
    yes = [one for one in receipt.said if one.value == Choice.YES]
    if not yes:
        return gettext("A no stays in force until you change it.")
    ends = {one.until for one in yes if one.until is not None}
    if not ends:
        return gettext("A yes is in force until you withdraw it.")
    day = current_visit().speech.date(last_day(max(ends)))
    return gettext("A yes is in force until %(day)s. Then it ends by itself.", day=day)


def _closed(receipt: Receipt, now: Situation) -> str:
    if not _may_know(now) or not (receipt.withdrawal or receipt.closed):
        return ""
    if not receipt.closed:
        return gettext("This consent had not opened anything, so nobody's view was closed.")
    time = current_visit().speech.instant(receipt.given_at)
    return gettext("Since %(time)s these no longer see:", time=time)


def _still_open(receipt: Receipt, now: Situation) -> list[ConsentPair]:
    """What a withdrawal left open, because another's yes is enough."""
    if not receipt.withdrawal or not _may_know(now):
        return []
    return [
        one.pair
        for one in receipt.said
        if now.shown.get(one.pair, Shown(Showing.MISSING)).showing == Showing.OPEN
        and now.consent.words.get(one.pair, Word(WordState.GIVEN)).state != WordState.GIVEN
    ]


def _how_to_withdraw(consent: Consent) -> str:
    if consent.is_self:
        return gettext(
            "You can change or withdraw your answer at any time on the page “Your consents”."
        )
    return gettext(
        "You can change or withdraw your answer at any time on the page “Consents about %(name)s”.",
        name=consent.pupil.name,
    )
