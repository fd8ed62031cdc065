"""Views that change who is in the welfare group; access ends the moment a membership does."""

from typing import Any

from flask import url_for

from wilma_ext.blueprints.day import end_of
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.label import profession_label, school_label
from wilma_ext.blueprints.matrix import view
from wilma_ext.blueprints.matrix.forms import ConfirmForm, MemberForm
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.person_search import PersonSearch, choices, people_found
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import Conflict, Invalid
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.person import display_names, schools_of
from wilma_ext.rights.welfare.membership import end_membership, membership_of, start_membership
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Profession
from wilma_ext.work import Work

#: Field of the command's refusal -> field of the form.
_FIELDS = {"person": "person", "valid_until": "last_day"}


@permit(Permission.MEMBERSHIP_CHANGE)
def add_member(work: Work, holder: OfficeHolder, group: str) -> Outcome:
    """Search a person of the register and make them a member."""
    found = group_of(work, holder.provider_ref, group)
    search = PersonSearch.of(f"find-member:{group}")
    people = people_found(work, holder, search)
    form = MemberForm.of(f"add-member:{group}")
    form.offer(choices(people), _school_choices(work, holder))
    if not search.sent and form.accepted() and _added(work, holder, group, form):
        values = {"provider": holder.provider_handle}
        return Onwards("wilma_ext.matrix.groups", values, "member_added")
    context = {
        "group": view.group_name(found),
        "search_form": search,
        "people": people,
        "form": form,
        "here": url_for(
            "wilma_ext.matrix.add_member", provider=holder.provider_handle, group=group
        ),
    }
    status = 422 if form.errors or search.errors else 200
    return Page("matrix/add_member.html", {**context, **view.frame_of(work, holder)}, status)


def _school_choices(work: Work, holder: OfficeHolder) -> list[tuple[str, str]]:
    schools = schools_of(work, current_state.register, holder.provider_ref)
    return [(school.school_ref, school_label(school.name, school.name_sv)) for school in schools]


def _added(work: Work, holder: OfficeHolder, group: str, form: Any) -> bool:
    """Start the membership; what the rules refuse is told at its field, and nothing is changed."""
    last_day = form.last_day.day
    try:
        start_membership(
            work,
            current_state.register,
            actor=Actor(holder.person_ref, holder.office.value),
            provider_ref=holder.provider_ref,
            group_id=group,
            person_ref=form.person.data,
            profession=Profession(form.profession.data),
            school_refs=tuple(form.schools.data),
            valid_until=end_of(last_day) if last_day else None,
        )
    except Invalid as error:
        _tell(form[_FIELDS.get(error.field, "person")], problem_text(error.code))
        return False
    except Conflict:
        told = gettext("This person is already a member of the group in this profession.")
        _tell(form.person, told)
        return False
    return True


def _tell(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]


@permit(Permission.MEMBERSHIP_CHANGE)
def end_member(work: Work, holder: OfficeHolder, membership: str) -> Outcome:
    """Ask once more, then end a membership now."""
    found = membership_of(work, holder.provider_ref, membership)
    form = ConfirmForm.of(f"end-member:{membership}")
    if form.accepted():
        end_membership(
            work,
            actor=Actor(holder.person_ref, holder.office.value),
            provider_ref=holder.provider_ref,
            membership_id=membership,
        )
        values = {"provider": holder.provider_handle}
        return Onwards("wilma_ext.matrix.groups", values, "member_ended")
    names = display_names(work, current_state.register, frozenset({found.person_ref}))
    context = {
        "form": form,
        "name": names.get(found.person_ref, gettext("Unknown to the school system")),
        "profession": profession_label(found.profession),
    }
    status = 422 if form.errors else 200
    return Page("matrix/end_member.html", {**context, **view.frame_of(work, holder)}, status)
