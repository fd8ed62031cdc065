"""The ways to the pages of school secretaries and of welfare staff."""

from playwright.sync_api import Page


def start(page: Page) -> None:
    page.goto("/wilma-ext/")


def _desk(page: Page, path: str) -> None:
    """Go to a page of the desk by its address below the desk's own."""
    start(page)
    page.goto(f"{page.url.split('?')[0]}{path}")


def waiting(page: Page) -> None:
    _desk(page, "?state=waiting&select=all")


def review(page: Page) -> None:
    _desk(page, "?state=waiting&group=7A&select=page")
    page.locator("form[action$='/review'] > button, form[action$='/review'] .govuk-button").click()


def run(page: Page) -> None:
    review(page)
    page.locator("form[action$='/runs/start'] button").click()


def result(page: Page) -> None:
    """Go on, without a script, until the latest run has finished."""
    _desk(page, "runs")
    page.locator(".wilma-ext a[href*='/runs/']").first.click()
    while (go_on := page.locator("form[action$='/go-on'] button")).count():
        go_on.click()


def runs(page: Page) -> None:
    _desk(page, "runs")


def pupil(page: Page) -> None:
    _desk(page, "?state=enabled")
    page.locator("td a").first.click()


def paper(page: Page) -> None:
    _desk(page, "?state=no_answer")
    page.locator("td a").first.click()
    page.locator("a[href$='/paper']").click()


def paper_look(page: Page) -> None:
    paper(page)
    page.locator("input[name=signer]").first.check()
    page.locator("input[name=signed_on]").fill("16.11.2026")
    page.locator("input[name=document]").fill("KRA 2026/130")
    page.locator("select[name=language]").select_option("fi")
    page.locator("input[name=act]").first.check()
    for category in ("absences", "grades"):
        page.locator(f"input[name=question-{category}][value=yes]").check()
    page.locator("form[action$='/look'] button").first.click()


def blank_form(page: Page) -> None:
    _desk(page, "blank-form")


def conflicts(page: Page) -> None:
    _desk(page, "disagreements")


def unanswered(page: Page) -> None:
    _desk(page, "unanswered")


def expiring(page: Page) -> None:
    _desk(page, "expiring")


def closing(page: Page) -> None:
    _desk(page, "closing?what=left")


def purpose(page: Page, number: int = 0) -> None:
    start(page)
    page.locator(".wilma-ext h3 a").nth(number).click()


def look_up(page: Page) -> None:
    """Open one pupil after another, until one has absences and grades to draw."""
    for number in range(20):
        purpose(page, number)
        page.locator("input[name=purpose]").first.check()
        page.locator(".wilma-ext form button").click()
        if page.locator("section:has(#absences-title) svg").count():
            return


def own_log(page: Page) -> None:
    start(page)
    page.goto(f"{page.url}own-log")
