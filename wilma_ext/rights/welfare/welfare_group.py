"""The welfare-area user group: agreements, members with a profession, their schools (R11, R12)."""

from datetime import datetime

from sqlalchemy import select

from wilma_ext.errors import Invalid, NotFound
from wilma_ext.models import Agreement, County, WelfareGroup
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.work import Work


def create_group(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    names: tuple[str, str, str],
) -> str:
    """Create a user group for a county's welfare staff and return its id."""
    if work.session.get(County, (provider_ref, county)) is None:
        raise NotFound("no such county")
    group = WelfareGroup(
        id=new_id(),
        provider_ref=provider_ref,
        county=county,
        name_fi=names[0],
        name_sv=names[1],
        name_en=names[2],
    )
    work.session.add(group)
    work.session.flush()
    data = {"group": group.id, "county": county}
    work.record(Recorded(provider_ref, Event.GROUP_CREATED, actor, data=data))
    return group.id


def group_of(work: Work, provider_ref: str, group_id: str) -> WelfareGroup:
    """Return the provider's group, or `NotFound`."""
    group = work.session.get(WelfareGroup, group_id)
    if group is None or group.provider_ref != provider_ref:
        raise NotFound("no such group")
    return group


def groups_of(work: Work, provider_ref: str) -> list[WelfareGroup]:
    """Return the provider's groups in the order of their names."""
    statement = select(WelfareGroup).where(WelfareGroup.provider_ref == provider_ref)
    return list(work.session.scalars(statement.order_by(WelfareGroup.name_fi, WelfareGroup.id)))


def record_agreement(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    document: str,
    valid_from: datetime,
    valid_until: datetime | None,
) -> str:
    """Record that provider and county have an agreement for a period."""
    if valid_until is not None and valid_until <= valid_from:
        raise Invalid("period_empty", "valid_until")
    work.lock_provider(provider_ref, exclusive=True)
    agreement = Agreement(
        id=new_id(),
        provider_ref=provider_ref,
        county=county,
        document=document,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    work.session.add(agreement)
    data = {
        "county": county,
        "document": document,
        "from": valid_from.isoformat(),
        "until": valid_until.isoformat() if valid_until else None,
    }
    work.record(Recorded(provider_ref, Event.AGREEMENT_RECORDED, actor, data=data))
    return agreement.id
