"""The ways to the pages of main users and data-protection officers, and to the guide."""

from collections.abc import Callable

from tools.screenshots.visit import HOME, Visit

Way = Callable[[Visit], None]
#: A table in which two types become known, and a third one hidden.
TABLE = (
    "code;kind;shown;label_fi;label_sv;label_en\n84;leave;no\n91;late;yes\n"
    "92;other;no;Välituntivalvonta;Rastövervakning;Break duty"
)


def start(visit: Visit) -> None:
    visit.page.goto(HOME)


def home(visit: Visit) -> None:
    visit.open()


def section(name: str, path: str = "") -> Way:
    return lambda visit: visit.open_area(name, path)


def of_group(links: str) -> Way:
    """Return the way to a page to which the first page links."""

    def way(visit: Visit) -> None:
        visit.open()
        visit.follow(links)

    return way


matrix = of_group("a[href$='/matrix']")


def matrix_review(visit: Visit) -> None:
    """Close one cell and open another one wider."""
    matrix(visit)
    for cell, route in (("laakari-grades", "off"), ("kuraattori-absences", "statutory")):
        visit.page.locator(f"select[name=cell-{cell}]").select_option(route)
    visit.send()


def add_member(visit: Visit) -> None:
    of_group("a[href$='/add-member']")(visit)
    visit.search("Mäkelä")


def policy_change(visit: Visit) -> None:
    visit.open_area("policy", "choices/guardians")


def policy_review(visit: Visit) -> None:
    policy_change(visit)
    visit.choose("decides", "all_guardians")
    visit.send()


def note_type(visit: Visit) -> None:
    visit.open_area("note-types")
    visit.follow("td a")


def note_types_review(visit: Visit) -> None:
    visit.open_area("note-types", "import")
    visit.fill(table=TABLE)
    visit.send()


def event(visit: Visit) -> None:
    visit.open()
    visit.follow("a[href*='/events/']", 2)


def chain(visit: Visit) -> None:
    visit.open()
    visit.send("/verify")


def guide(visit: Visit) -> None:
    visit.page.goto(f"{HOME}guide/")


def guide_page(visit: Visit) -> None:
    guide(visit)
    visit.follow("h2 a")
