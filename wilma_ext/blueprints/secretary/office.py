"""What the views of the secretary share: the welfare group in question, the desk, the actor."""

from datetime import datetime

from flask import request

from wilma_ext.errors import NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.desk.desk import DeskPupil, desk_of
from wilma_ext.rights.welfare.welfare_group import group_of, groups_of
from wilma_ext.state import current_state
from wilma_ext.work import Work


def actor_of(holder: OfficeHolder) -> Actor:
    """Return who acts, in the role that is worn."""
    return Actor(holder.person_ref, holder.office.value)


def welfare_group(work: Work, holder: OfficeHolder) -> str | None:
    """Return the provider's welfare group; with several, the one in the address or the form."""
    wanted = request.values.get("welfare_group")
    if wanted is not None:
        return str(group_of(work, holder.provider_ref, wanted).id)
    groups = groups_of(work, holder.provider_ref)
    return groups[0].id if groups else None


def require_group(work: Work, holder: OfficeHolder) -> str:
    """Return the welfare group; a provider without one has no such page."""
    found = welfare_group(work, holder)
    if found is None:
        raise NotFound("no group")
    return found


def desk(
    work: Work, holder: OfficeHolder, group_id: str, at: datetime | None = None
) -> list[DeskPupil]:
    """Return the pupils of the holder's own schools."""
    return desk_of(
        work,
        current_state.register,
        provider_ref=holder.provider_ref,
        group_id=group_id,
        school_refs=holder.school_refs,
        at=at,
    )
