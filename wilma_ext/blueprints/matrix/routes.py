"""Views of the main user: the groups as they stand, and the versions of a matrix."""

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.matrix import view
from wilma_ext.blueprints.matrix.change import version_cards
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.person import display_names
from wilma_ext.rights.welfare.matrix_history import matrix_versions
from wilma_ext.rights.welfare.welfare_group import group_of, groups_of
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.MATRIX_SEE)
def groups(work: Work, holder: OfficeHolder) -> Outcome:
    """Show every group with its members and the matrix in force."""
    cards = [view.group_card(work, holder, group) for group in groups_of(work, holder.provider_ref)]
    return Page("matrix/groups.html", {"groups": cards, **view.frame_of(work, holder)})


@permit(Permission.MATRIX_SEE)
def versions(work: Work, holder: OfficeHolder, group: str) -> Outcome:
    """Show what each published version changed, and who published it."""
    found = group_of(work, holder.provider_ref, group)
    published = matrix_versions(work, holder.provider_ref, group)
    authors = frozenset(version.author for version in published)
    names = display_names(work, current_state.register, authors)
    context = {"group": view.group_name(found), "versions": version_cards(published, names)}
    return Page("matrix/versions.html", {**context, **view.frame_of(work, holder)})
