"""The county's own channels, to which pages hand over where the next step lies outside the school.

Appointments and client messages belong to the county (domain 0): here stand only addresses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from wilma_ext.errors import Conflict, Invalid
from wilma_ext.models import County, HandOff
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.work import Work

MOST, LONGEST_LABEL, LONGEST_ADDRESS = 6, 80, 300

_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{2,24}")
_LINK = re.compile(r"https://[^\s<>\"'@]+\.[^\s<>\"'@]+")


@dataclass(frozen=True)
class Channel:
    """One channel: an https address or a telephone number, and its name in each language."""

    address: str
    fi: str
    sv: str
    en: str

    @property
    def is_number(self) -> bool:
        """Tell whether the address is a telephone number."""
        return not self.address.startswith("https://")

    @property
    def link(self) -> str:
        """The address as a link leads there."""
        digits = re.sub(r"[^0-9+]", "", self.address)
        return f"tel:{digits}" if self.is_number else self.address

    def in_language(self, language: str) -> str:
        """Return the name in the language, or the Finnish one."""
        return {"sv": self.sv, "en": self.en}.get(language, self.fi) or self.fi


def channels_of(work: Work, provider_ref: str, county: str | None = None) -> tuple[Channel, ...]:
    """Return the channels in their order, of one county or of every county of the provider."""
    statement = select(HandOff).where(HandOff.provider_ref == provider_ref)
    if county is not None:
        statement = statement.where(HandOff.county == county)
    rows = work.session.scalars(statement.order_by(HandOff.county, HandOff.position))
    return tuple(Channel(row.address, row.label_fi, row.label_sv, row.label_en) for row in rows)


def set_channels(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    channels: Sequence[Channel],
    before: Sequence[Channel],
) -> None:
    """Put the county's channels in place of what stood; `before` is what the page showed."""
    check_channels(channels)
    work.lock_provider(provider_ref, exclusive=True)
    work.now()
    if work.session.get(County, (provider_ref, county)) is None:
        raise Invalid("hand_off_county", "county")
    now = channels_of(work, provider_ref, county)
    if now != tuple(before):
        raise Conflict("the channels have been changed by somebody else")
    if now == tuple(channels):
        return
    work.session.execute(
        delete(HandOff).where(HandOff.provider_ref == provider_ref, HandOff.county == county)
    )
    for position, channel in enumerate(channels):
        work.session.add(_row(provider_ref, county, position, channel))
    data = {"county": county, "addresses": [channel.address for channel in channels]}
    work.record(Recorded(provider_ref, Event.HAND_OFF_CHANGED, actor, data=data))


def check_channels(channels: Sequence[Channel]) -> None:
    """Refuse a channel without an address that leads somewhere, or without a name."""
    if len(channels) > MOST:
        raise Invalid("hand_off_number")
    for number, channel in enumerate(channels):
        form = _LINK if not channel.is_number else _NUMBER
        if len(channel.address) > LONGEST_ADDRESS or not form.fullmatch(channel.address):
            raise Invalid("hand_off_address", f"address_{number}")
        for language in ("fi", "sv", "en"):
            name = getattr(channel, language)
            if not name.strip() or len(name) > LONGEST_LABEL:
                raise Invalid("hand_off_label", f"{language}_{number}")


def _row(provider_ref: str, county: str, position: int, channel: Channel) -> HandOff:
    return HandOff(
        id=new_id(),
        provider_ref=provider_ref,
        county=county,
        position=position,
        address=channel.address,
        label_fi=channel.fi,
        label_sv=channel.sv,
        label_en=channel.en,
    )
