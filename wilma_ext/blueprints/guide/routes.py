"""Views of the guide; it shows nothing about anybody, but only to those who are signed in."""

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.guide.text import CHAPTERS, chapter_of
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.work import Work


@permit(Permission.GUIDE_SEE)
def roles(work: Work, person_ref: str) -> Outcome:
    """List the chapters, one for each role."""
    return Page("guide/roles.html", {"chapters": CHAPTERS.values()})


@permit(Permission.GUIDE_SEE)
def role(work: Work, person_ref: str, role: str) -> Outcome:
    """Show the chapter of one role."""
    return Page("guide/role.html", {"chapter": chapter_of(role)})
