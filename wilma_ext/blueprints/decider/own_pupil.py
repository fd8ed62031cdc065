"""The pupil in the URL: of the main user's provider, and not of the main user's family."""

from wilma_ext.errors import NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.decider.guardian import refuse_own_child
from wilma_ext.rights.decider.recorded_decision import hold_pupil
from wilma_ext.rights.person import Pupil, pupil_of
from wilma_ext.rights.provider import pupil_behind
from wilma_ext.state import current_state
from wilma_ext.work import Work


def own_pupil(work: Work, holder: OfficeHolder, handle: str, *, hold: bool = False) -> Pupil:
    """Return the enrolled pupil behind the handle; any other is not found, all alike (X18).

    With `hold` the pupil is locked for the act that follows, before the instant is asked for. Of
    one's own child not even the grounds of a decision are shown.
    """
    provider_ref, pupil_ref = pupil_behind(work, handle)
    if provider_ref != holder.provider_ref:
        raise NotFound("another provider's pupil")
    if hold:
        hold_pupil(work, provider_ref, pupil_ref)
    pupil = pupil_of(work, current_state.register, pupil_ref, provider_ref)
    if not pupil.enrolled:
        raise NotFound("not enrolled")
    refuse_own_child(work, current_state.register, pupil, holder.person_ref)
    return pupil
