"""The ways to the pages on who decides about a pupil."""

from tools.screenshots.visit import Visit


def found(visit: Visit, search: str = "Virtanen") -> None:
    visit.open_area("deciders")
    visit.search(search)


def pupil(visit: Visit, search: str = "Rantanen Eetu") -> None:
    found(visit, search)
    visit.follow("h3 a")


def capacity(visit: Visit, search: str = "Rantanen Eetu") -> None:
    pupil(visit, search)
    visit.follow("a[href$='/capacity']")


def capacity_review(visit: Visit, search: str = "Rantanen Eetu") -> None:
    capacity(visit, search)
    visit.choose("decides", "pupil")
    visit.fill(reason="Oppilas ymmärtää asian ja sen vaikutukset", document="KRA 2026/131")
    visit.send()


def record_capacity(visit: Visit, search: str) -> None:
    """Let the pupil decide alone from now on."""
    capacity_review(visit, search)
    visit.send("/record")


def guardian(visit: Visit) -> None:
    pupil(visit)
    visit.follow("a[href$='/guardian']")
    visit.search("Mäkelä")


def guardian_review(visit: Visit) -> None:
    guardian(visit)
    visit.choose("person")
    visit.fill(reason="Oppilas on sijoitettu perheeseen", document="KRA 2026/132")
    visit.send()


def end_capacity(visit: Visit) -> None:
    _end(visit, "capacity")


def end_guardian(visit: Visit) -> None:
    _end(visit, "guardian")


def _end(visit: Visit, kind: str) -> None:
    """Record a decision, unless there is one, and go to its end."""
    link = f"a[href*='/{kind}/'][href$='/end']"
    pupil(visit)
    if not visit.page.locator(link).count():
        {"capacity": capacity_review, "guardian": guardian_review}[kind](visit)
        visit.page.locator("form[action*='/record'] button").first.click()
    visit.follow(link)
