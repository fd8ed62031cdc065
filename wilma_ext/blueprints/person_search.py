"""The search of a person of the register: the form, whom it finds, and the choice among them."""

from flask import request

from wilma_ext.blueprints.search import SearchForm, search_field
from wilma_ext.blueprints.visit import lazy
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.welfare.membership_list import FoundPeople, FoundPerson, find_people
from wilma_ext.state import current_state
from wilma_ext.work import Work


class PersonSearch(SearchForm):
    """Who is meant; the form that chooses among the people found carries the search along."""

    search = search_field(lazy("Name or e-mail address"))

    @property
    def sent(self) -> bool:
        """Tell whether the search itself was sent, and not the choice."""
        return "find" in request.form


def people_found(work: Work, holder: OfficeHolder, search: PersonSearch) -> FoundPeople:
    """Return whom the search finds; nobody where it was refused."""
    if search.sent:
        search.refused()
    return find_people(work, current_state.register, holder.provider_ref, search.text)


def person_label(person: FoundPerson) -> str:
    """Return what tells a person found from a namesake."""
    return f"{person.name}, {person.email}" if person.email else person.name


def choices(people: FoundPeople) -> list[tuple[str, str]]:
    """Return the people found, to be chosen from."""
    return [(person.person_ref, person_label(person)) for person in people.people]
