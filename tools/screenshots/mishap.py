"""The ways to the pages on which something has not gone as it was meant."""

from tools.screenshots import decision, family
from tools.screenshots.visit import HOME, Visit


def unknown_address(visit: Visit) -> None:
    visit.page.goto(f"{HOME}no-such-page")


def expired(visit: Visit) -> None:
    """The form has been open too long: its token has come to nothing, the choices stay."""
    family.answer_form(visit)
    visit.page.locator("form[action$='/answer'] input[name=token]").evaluate("it => it.value = ''")
    family.say(visit, "no")


def overtaken(visit: Visit) -> None:
    """The same person has answered on a second page in the meantime."""
    family.form_about(visit, "Onni Virtanen")
    second = visit.beside("huoltaja")
    family.form_about(second, "Onni Virtanen")
    family.say(second, "no")
    family.say(visit, "yes")


def not_permitted(visit: Visit) -> None:
    """It has been recorded in the meantime that the child decides alone."""
    family.form_about(visit, "Helmi Virtanen")
    decision.record_capacity(visit.beside("paakayttaja"), "Virtanen Helmi")
    family.say(visit, "yes")


def nobody_selected(visit: Visit) -> None:
    visit.open("?state=waiting")
    visit.send("/review")
