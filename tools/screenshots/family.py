"""The ways to the pages of guardians and pupils."""

from playwright.sync_api import Page

SUBMIT = ".wilma-ext form[action$='/answer'] button"


def children(page: Page) -> None:
    page.goto("/wilma-ext/guardian/")


def form_about(page: Page, name: str = "") -> None:
    """Go to the child by name (or the only one), and there to the empty form."""
    children(page)
    if name:
        page.get_by_role("link", name=name).click()
    if page.locator(SUBMIT).count() == 0:
        page.goto(f"{page.url}answer")


def say(page: Page, word: str) -> None:
    for category in ("absences", "grades"):
        page.locator(f"input[name=question-{category}][value={word}]").check()
    page.locator(SUBMIT).click()


def answer_form(page: Page) -> None:
    form_about(page, "Elli Virtanen")


def error(page: Page) -> None:
    form_about(page, "Elli Virtanen")
    page.locator(SUBMIT).click()


def receipt(page: Page) -> None:
    form_about(page, "Elli Virtanen")
    say(page, "yes")


def child(page: Page) -> None:
    receipt(page)
    page.goto(page.url.split("receipts/")[0])


def disagreement(page: Page) -> None:
    """The other guardian of the same child, who has no other there, says no."""
    form_about(page)
    say(page, "no")
    page.goto(page.url.split("receipts/")[0])


def withdrawal(page: Page) -> None:
    form_about(page, "Helmi Virtanen")
    say(page, "yes")
    page.goto(page.url.split("receipts/")[0])
    page.locator("form[action$='/withdraw'] button").click()


def own_form(page: Page) -> None:
    form_about(page)


def own_consents(page: Page) -> None:
    form_about(page)
    say(page, "yes")
    page.goto(page.url.split("receipts/")[0])
