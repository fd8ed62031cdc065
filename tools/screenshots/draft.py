"""The ways to the pages of the consent form and its draft."""

from tools.screenshots.office import Way
from tools.screenshots.visit import Visit

#: What the draft adds to the part on withdrawal, and what it tells those who have answered before.
TOLD = {
    "fi": (
        "Kysymme suostumusta uudelleen joka lukuvuosi.",
        "Suostumusta kysytään nyt joka lukuvuosi.",
    ),
    "sv": ("Vi begär samtycke på nytt varje läsår.", "Samtycke begärs nu varje läsår."),
    "en": (
        "We ask for consent again every school year.",
        "Consent is now asked every school year.",
    ),
}


def start(visit: Visit) -> None:
    visit.open_area("consent-form")
    visit.follow("a[href$='/start']")


def draft(visit: Visit) -> None:
    """Start a draft from the version in force, unless there is one, and write it ready."""
    visit.open_area("consent-form")
    if visit.page.locator("a[href$='/start']").count():
        start(visit)
        visit.choose("source")
        visit.send()
        for language in TOLD:
            _write(visit, language)
    visit.open_area("consent-form")


def _write(visit: Visit, language: str) -> None:
    added, news = TOLD[language]
    visit.open_area("consent-form")
    visit.follow(f"a[href$='/texts/{language}']")
    written = visit.page.locator("textarea[name=part-withdrawal]").input_value()
    visit.fill(**{"part-withdrawal": f"{written} {added}", "part-changed": news})
    visit.send()


def of_draft(ending: str) -> Way:
    """Return the way to one page of the draft, by how its address ends."""

    def way(visit: Visit) -> None:
        draft(visit)
        visit.follow(f"a[href*='{ending}']")

    return way
