"""The ways to the pages of pupil welfare staff."""

from tools.screenshots.visit import Visit


def pupils(visit: Visit) -> None:
    visit.open()


def purpose(visit: Visit, number: int = 0) -> None:
    visit.open()
    visit.follow("h3 a", number)


def look_up(visit: Visit) -> None:
    """Open one pupil after another, until one has absences and grades to draw."""
    for number in range(20):
        purpose(visit, number)
        visit.choose("purpose")
        visit.send()
        if visit.page.locator("section:has(#absences-title) svg").count():
            return


def own_log(visit: Visit) -> None:
    visit.open("own-log")
