"""Views that change the matrix: choose the cells, review what changes, publish."""

from typing import Any

from flask import url_for

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.matrix import view
from wilma_ext.blueprints.matrix.change import Changes, changes_between
from wilma_ext.blueprints.matrix.forms import MatrixForm, form_rows, matrix_form
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import Conflict, Invalid
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.rights.welfare.matrix import Matrix, publish_matrix
from wilma_ext.rights.welfare.matrix_history import last_matrix
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.work import Work


@permit(Permission.MATRIX_PUBLISH)
def matrix(work: Work, holder: OfficeHolder, group: str) -> Outcome:
    """Let the cells be chosen; what was chosen is reviewed before it is published."""
    group_of(work, holder.provider_ref, group)
    now = last_matrix(work, holder.provider_ref, group)
    form = matrix_form(f"matrix:{group}", now)
    if form.accepted():
        _require_current(form, now)
        changes = changes_between(now.cells, form.cells())
        if changes.cells:
            return _review(work, holder, group, matrix_form(f"publish:{group}", now), changes)
        form.form_errors.append(gettext("Nothing has been changed. Change a cell first."))
    return _edit(work, holder, group, form, now)


@permit(Permission.MATRIX_PUBLISH)
def publish(work: Work, holder: OfficeHolder, group: str) -> Outcome:
    """Publish the reviewed cells; a wider matrix needs a reason (A8)."""
    group_of(work, holder.provider_ref, group)
    now = last_matrix(work, holder.provider_ref, group)
    form = matrix_form(f"publish:{group}", now)
    if not form.cells_hold():
        raise Invalid("matrix_cell")
    changes = changes_between(now.cells, form.cells())
    form.wider = changes.wider
    if not form.accepted():
        return _review(work, holder, group, form, changes)
    _require_current(form, now)
    publish_matrix(
        work,
        actor=Actor(holder.person_ref, holder.office.value),
        provider_ref=holder.provider_ref,
        group_id=group,
        cells=form.cells(),
        based_on=now.version,
        reason=form.stated_reason(),
    )
    values = {"provider": holder.provider_handle}
    return Onwards("wilma_ext.matrix.groups", values, "published")


def _require_current(form: MatrixForm, now: Matrix) -> None:
    if form.version() != now.version:
        raise Conflict("the matrix has been published by somebody else")


def _edit(work: Work, holder: OfficeHolder, group: str, form: MatrixForm, now: Matrix) -> Outcome:
    policy = policy_at(work, holder.provider_ref, work.now())
    context = {
        "form": form,
        "group": view.group_name(group_of(work, holder.provider_ref, group)),
        "rows": form_rows(form, now.cells),
        "categories": view.category_notes(),
        "idle_law": view.law_opens_nothing(now.cells, policy),
        "save_url": _url("matrix", holder, group),
    }
    return _page("matrix/matrix.html", work, holder, context)


def _review(
    work: Work, holder: OfficeHolder, group: str, form: MatrixForm, changes: Changes
) -> Outcome:
    """Show what would change, with the same cells hidden in the form that publishes them."""
    policy = policy_at(work, holder.provider_ref, work.now())
    context = {
        "form": form,
        "group": view.group_name(group_of(work, holder.provider_ref, group)),
        "changes": changes,
        "idle_law": view.law_opens_nothing(form.cells(), policy),
        "publish_url": _url("publish", holder, group),
        "edit_url": _url("matrix", holder, group),
        "cells": form.cell_fields(),
    }
    return _page("matrix/review.html", work, holder, context)


def _page(template: str, work: Work, holder: OfficeHolder, context: dict[str, Any]) -> Page:
    status = 422 if context["form"].errors else 200
    return Page(template, {**context, **view.frame_of(work, holder)}, status)


def _url(page: str, holder: OfficeHolder, group: str) -> str:
    return url_for(f"wilma_ext.matrix.{page}", provider=holder.provider_handle, group=group)
