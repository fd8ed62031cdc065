"""The ways to the pages of school secretaries."""

from tools.screenshots.visit import Visit

#: More pupils than one step of a run treats.
MANY = "?state=waiting&school=1&select=all"
LATEST = "h2 a[href*='/runs/']"
GO_ON = "form[action$='/go-on'] button"


def start(visit: Visit) -> None:
    visit.open()


def waiting(visit: Visit) -> None:
    visit.open("?state=waiting&select=all")


def review(visit: Visit) -> None:
    visit.open(MANY)
    visit.send("/review")


def run(visit: Visit) -> None:
    """Start a run and go one step."""
    review(visit)
    visit.send("/runs/start")
    visit.follow(GO_ON)


def result(visit: Visit) -> None:
    """Go on, without a script, until the latest run has finished."""
    visit.open("runs")
    if visit.page.locator(LATEST).count():
        visit.follow(LATEST)
    else:
        run(visit)
    while visit.page.locator(GO_ON).count():
        visit.follow(GO_ON)


def _pupil_who(visit: Visit, state: str) -> None:
    visit.open(f"?state={state}")
    visit.follow("td a")


def pupil(visit: Visit) -> None:
    _pupil_who(visit, "enabled")


def disable(visit: Visit) -> None:
    pupil(visit)
    visit.follow("a[href*='/disable']")


def paper(visit: Visit) -> None:
    _pupil_who(visit, "unanswered")
    visit.follow("a[href$='/paper']")


def paper_look(visit: Visit) -> None:
    paper(visit)
    visit.choose("signer")
    visit.fill(signed_on="16.11.2026", document="KRA 2026/130")
    visit.page.locator("select[name=language]").select_option("fi")
    visit.choose("act")
    for category in ("absences", "grades"):
        visit.choose(f"question-{category}", "yes")
    visit.send("/look")


def blank_form(visit: Visit) -> None:
    visit.open("blank-form")


def blank_form_for(visit: Visit) -> None:
    _pupil_who(visit, "unanswered")
    visit.follow("a[href$='/blank-form']")


def conflicts(visit: Visit) -> None:
    visit.open("disagreements")


def unanswered(visit: Visit) -> None:
    visit.open("unanswered")


def expiring(visit: Visit) -> None:
    visit.open("expiring")


def closing(visit: Visit) -> None:
    visit.open("closing")


def runs(visit: Visit) -> None:
    visit.open("runs")
