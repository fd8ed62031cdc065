"""The search of a person of the register: the form, whom it finds, and the choice among them."""

from wtforms import StringField

from wilma_ext.blueprints.form import FilterForm
from wilma_ext.blueprints.visit import lazy
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.welfare.membership_list import FoundPeople, FoundPerson, find_people
from wilma_ext.state import current_state
from wilma_ext.work import Work

#: Letters of a search that are read.
_LONGEST = 100


class PersonSearch(FilterForm):
    """Who is meant."""

    search = StringField(lazy("Name or e-mail address"))

    @property
    def text(self) -> str:
        """Return what is searched for."""
        return (self.search.data or "")[:_LONGEST]


def people_found(work: Work, holder: OfficeHolder, search: PersonSearch) -> FoundPeople:
    return find_people(work, current_state.register, holder.provider_ref, search.text)


def person_label(person: FoundPerson) -> str:
    """Return what tells a person found from a namesake."""
    return f"{person.name}, {person.email}" if person.email else person.name


def choices(people: FoundPeople) -> list[tuple[str, str]]:
    """Return the people found, to be chosen from."""
    return [(person.person_ref, person_label(person)) for person in people.people]
