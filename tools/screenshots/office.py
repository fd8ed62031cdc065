"""The ways to the pages of main users and data-protection officers, and to the guide."""

from collections.abc import Callable

from playwright.sync_api import Page

Way = Callable[[Page], None]


def groups(page: Page) -> None:
    page.goto("/wilma-ext/")


def _area(page: Page, name: str, path: str = "") -> None:
    """Go to a section of the main user, which the first page knows by its address."""
    groups(page)
    handle = page.url.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/wilma-ext/{name}/{handle}/{path}")


def section(name: str, path: str = "") -> Way:
    return lambda page: _area(page, name, path)


def matrix(page: Page) -> None:
    groups(page)
    page.locator("a[href$='/matrix']").first.click()


def draft(page: Page) -> None:
    """Start a draft from the version in force, unless there is one, and change a sentence."""
    _area(page, "consent-form")
    if page.locator("a[href$='/start']").count():
        page.locator("a[href$='/start']").first.click()
        page.locator("input[name=source]").first.check()
        page.locator(".wilma-ext form button").click()
        _area(page, "consent-form")
        page.locator("a[href*='/texts/fi']").first.click()
        purpose = page.locator(".wilma-ext textarea").nth(1)
        purpose.fill(f"{purpose.input_value()} Kysymme suostumusta vuosittain.")
        page.locator(".wilma-ext form button").first.click()
    _area(page, "consent-form")


def of_draft(ending: str) -> Way:
    """Return the way to one page of the draft, by how its address ends."""

    def way(page: Page) -> None:
        draft(page)
        page.locator(f".wilma-ext a[href*='{ending}']").first.click()

    return way


def policy_change(page: Page) -> None:
    _area(page, "policy", "choices/guardians")


def policy_review(page: Page) -> None:
    policy_change(page)
    page.locator("input[name=decides][value=all_guardians]").check()
    page.locator(".wilma-ext form button").first.click()


def decider(page: Page) -> None:
    _area(page, "deciders", "?search=Rantanen")
    page.locator(".wilma-ext h3 a").first.click()


def capacity(page: Page) -> None:
    decider(page)
    page.locator("a[href$='/capacity']").first.click()


def capacity_review(page: Page) -> None:
    capacity(page)
    page.locator("input[name=decides][value=pupil]").check()
    page.locator("textarea[name=reason]").fill("Oppilas ymmärtää asian ja sen vaikutukset")
    page.locator("input[name=document]").fill("KRA 2026/131")
    page.locator(".wilma-ext form button").first.click()


def guardian(page: Page) -> None:
    decider(page)
    page.locator("a[href$='/guardian']").first.click()


def note_type(page: Page) -> None:
    _area(page, "note-types")
    page.locator("td a").first.click()


def event(page: Page) -> None:
    groups(page)
    page.locator("a[href*='/events/']").nth(2).click()


def guide(page: Page) -> None:
    page.goto("/wilma-ext/guide/")


def guide_page(page: Page) -> None:
    guide(page)
    page.locator(".wilma-ext h2 a").first.click()
