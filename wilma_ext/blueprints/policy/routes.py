"""Views that show the policy: the choices in force, and every version there has been."""

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.policy import view
from wilma_ext.blueprints.policy.effect import caution_text
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.policy.caution import cautions_of
from wilma_ext.rights.policy.policy import policy_history
from wilma_ext.work import Work


@permit(Permission.POLICY_SEE)
def choices(work: Work, holder: OfficeHolder) -> Outcome:
    """Show every choice with its meaning, effect and source, since when and by whom."""
    acts = policy_history(work, holder.provider_ref)
    cautions = cautions_of(work, holder.provider_ref, acts[0].policy, work.now())
    context = {
        "chapters": view.chapters(holder, acts, view.author_names(work, acts)),
        "version": acts[0].version,
        "since": acts[0].valid_from,
        "cautions": [caution_text(work, holder.provider_ref, told) for told in cautions],
        "history_url": view.page_url(holder, "history"),
    }
    return Page("policy/choices.html", {**context, **view.frame_of(work, holder)})


@permit(Permission.POLICY_SEE)
def history(work: Work, holder: OfficeHolder) -> Outcome:
    """Show what each version changed, when, and who decided it."""
    acts = policy_history(work, holder.provider_ref)
    versions = view.version_cards(acts, view.author_names(work, acts))
    return Page("policy/history.html", {"versions": versions, **view.frame_of(work, holder)})
