"""Views that change the policy: choose, review the effect, save."""

from typing import Any

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.policy import view
from wilma_ext.blueprints.policy.effect import caution_text, figures, notes
from wilma_ext.blueprints.policy.forms import SUBJECTS, PolicyForm, policy_form, saving_form
from wilma_ext.blueprints.policy.meaning import MEANINGS, REACHES
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.policy.caution import cautions_of
from wilma_ext.rights.policy.effect import PolicyEffect, policy_effect
from wilma_ext.rights.policy.policy import PolicyAct, changed_policy, policy_act_at, set_policy
from wilma_ext.rights.policy.reach import REACH
from wilma_ext.state import current_state
from wilma_ext.work import Work

#: Pupils looked at for the figures of a page: they cost up to a second for each 500.
MOST_PUPILS = 1000


@permit(Permission.POLICY_CHANGE)
def change(work: Work, holder: OfficeHolder, subject: str) -> Outcome:
    """Let a choice be made; its effect is reviewed before it is saved."""
    _require_known(subject)
    work.lock_provider(holder.provider_ref)
    act = policy_act_at(work, holder.provider_ref, work.now())
    form = _choosing(holder, subject, act)
    if form.accepted():
        _require_current(form, act)
        effect = _told_effect(work, holder, form)
        if effect is not None:
            saving = saving_form(holder.provider_handle, subject, act.policy, act.version)
            return _review(work, holder, saving, effect, act)
    return _edit(work, holder, form)


@permit(Permission.POLICY_CHANGE)
def save(work: Work, holder: OfficeHolder, subject: str) -> Outcome:
    """Publish what was reviewed; what was chosen otherwise since then is reviewed again."""
    _require_known(subject)
    work.lock_provider(holder.provider_ref, exclusive=True)
    act = policy_act_at(work, holder.provider_ref, work.now())
    again = _chosen_again(holder, subject, act)
    _require_current(again, act)
    effect = None if again.errors else _told_effect(work, holder, again)
    if effect is None:
        return _edit(work, holder, again)
    form = saving_form(holder.provider_handle, subject, act.policy, act.version)
    if not form.accepted():
        return _review(work, holder, form, effect, act)
    set_policy(
        work,
        actor=Actor(holder.person_ref, holder.office.value),
        provider_ref=holder.provider_ref,
        changes=form.changes(),
        based_on=form.version(),
    )
    return Onwards("wilma_ext.policy.choices", {"provider": holder.provider_handle}, "policy_saved")


def _require_known(subject: str) -> None:
    if subject not in SUBJECTS:
        raise NotFound("no such choice")


def _require_current(form: PolicyForm, act: PolicyAct) -> None:
    if form.version() != act.version:
        raise Conflict("the policy has been changed by somebody else")


def _choosing(holder: OfficeHolder, subject: str, act: PolicyAct) -> PolicyForm:
    purpose = f"policy:{holder.provider_handle}:{subject}"
    return policy_form(purpose, subject, act.policy, act.version)


def _chosen_again(holder: OfficeHolder, subject: str, act: PolicyAct) -> PolicyForm:
    """Return what was sent as the form that chooses; its token is one for the review."""
    form = _choosing(holder, subject, act)
    form.validate()
    form["token"].errors = ()
    return form


def _told_effect(work: Work, holder: OfficeHolder, form: PolicyForm) -> PolicyEffect | None:
    """Return the effect; where there is none to review, the form tells why."""
    try:
        effect = policy_effect(
            work,
            current_state.register,
            provider_ref=holder.provider_ref,
            changes=form.changes(),
            most=MOST_PUPILS,
        )
    except Invalid as error:
        code = "policy_minutes" if error.field == "look_up_minutes" else error.code
        field = form[error.field]
        field.errors = [*field.errors, problem_text(code)]
        return None
    if effect.changed:
        return effect
    form.form_errors.append(gettext("Nothing has been changed. Choose something else."))
    return None


def _edit(work: Work, holder: OfficeHolder, form: PolicyForm) -> Outcome:
    """Show the form, with what is wrong in it."""
    keys = form.keys()
    context = {
        "form": form,
        "fields": [form[key] for key in keys],
        "effects": [str(MEANINGS[key].effect) for key in keys],
        "reaches": list(dict.fromkeys(str(REACHES[REACH[key]]) for key in keys)),
        "sources": list(dict.fromkeys(str(MEANINGS[key].source) for key in keys)),
        "save_url": view.page_url(holder, "change", subject=form.subject),
    }
    return _page("policy/change.html", work, holder, context)


def _review(
    work: Work, holder: OfficeHolder, form: PolicyForm, effect: PolicyEffect, act: PolicyAct
) -> Outcome:
    """Show before and after with the effect; the choices stand hidden in the form that saves."""
    at, ref = work.now(), holder.provider_ref
    after = changed_policy(act.policy, form.changes(), at)
    context = {
        "form": form,
        "sent": form.sent(),
        "title": view.subject_title(form.subject),
        "changes": view.changes_told(act.policy, after),
        "cautions": [caution_text(work, ref, told) for told in cautions_of(work, ref, after, at)],
        "figures": figures(effect),
        "texts": [*notes(effect), *(str(MEANINGS[key].effect) for key in effect.changed)],
        "save_url": view.page_url(holder, "save", subject=form.subject),
        "edit_url": view.page_url(holder, "change", subject=form.subject),
    }
    return _page("policy/review.html", work, holder, context)


def _page(template: str, work: Work, holder: OfficeHolder, context: dict[str, Any]) -> Page:
    status = 422 if context["form"].errors else 200
    return Page(template, {**context, **view.frame_of(work, holder)}, status)
