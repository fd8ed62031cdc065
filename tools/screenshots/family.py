"""The ways to the pages of guardians and pupils."""

from tools.screenshots.visit import HOME, Visit

ANSWER = "/answer"


def children(visit: Visit) -> None:
    visit.page.goto(f"{HOME}guardian/")


def form_about(visit: Visit, name: str = "") -> None:
    """Go to the child by name (or the only one), and there to the empty form."""
    children(visit)
    if name:
        visit.page.get_by_role("link", name=name).click()
    if visit.page.locator(f".wilma-ext form[action$='{ANSWER}']").count() == 0:
        visit.page.goto(f"{visit.page.url}answer")


def say(visit: Visit, word: str) -> None:
    for category in ("absences", "grades"):
        visit.choose(f"question-{category}", word)
    visit.send(ANSWER)


def answer_form(visit: Visit) -> None:
    form_about(visit, "Elli Virtanen")


def error(visit: Visit) -> None:
    answer_form(visit)
    visit.send(ANSWER)


def receipt(visit: Visit) -> None:
    answer_form(visit)
    say(visit, "yes")


def change(visit: Visit) -> None:
    receipt(visit)
    answer_form(visit)


def child(visit: Visit) -> None:
    receipt(visit)
    _to_child(visit)


def _to_child(visit: Visit) -> None:
    """Go from the receipt to the page it is about."""
    visit.page.goto(visit.page.url.split("receipts/")[0])


def log_extract(visit: Visit) -> None:
    child(visit)
    visit.page.goto(f"{visit.page.url}log-extract")


def disagreement(visit: Visit) -> None:
    """The other guardian of the same child, who has no other there, says no."""
    form_about(visit)
    say(visit, "no")
    _to_child(visit)


def withdrawal(visit: Visit) -> None:
    form_about(visit, "Helmi Virtanen")
    say(visit, "yes")
    _to_child(visit)
    visit.send("/withdraw")


def own_form(visit: Visit) -> None:
    form_about(visit)


def own_consents(visit: Visit) -> None:
    form_about(visit)
    say(visit, "yes")
    _to_child(visit)
