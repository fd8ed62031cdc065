"""Generated people: pupils with the guardians they have."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from faker import Faker

from examples.school.database import db
from examples.school.models import Guardianship, Person, Pupil, TeachingGroup

#: How many guardians a pupil has, in a hundred pupils.
GUARDIAN_COUNTS = {1: 12, 2: 84, 3: 3, 0: 1}
SIBLINGS = 0.25
CONTACT_PROTECTED = 0.01
#: A parent without the right to decide or to information.
RESTRICTED = 0.015
#: From this grade level on a pupil is also a person who may sign in.
PERSON_FROM_GRADE = 7


@dataclass
class Family:
    """The guardians that brothers and sisters share."""

    family_name: str
    guardians: list[Person]


@dataclass
class Chosen:
    """What is decided beforehand about one pupil; the rest is drawn."""

    family: Family
    given_names: str = ""
    birth_date: date | None = None
    person: Person | None = None


@dataclass
class Population:
    """Draws pupils and families; the same seed draws the same people."""

    year: int
    seed: int = 20_260_801
    families: dict[str, list[Family]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.fakers = {"fi": Faker("fi_FI"), "sv": Faker("sv_SE")}
        for faker in self.fakers.values():
            faker.seed_instance(self.seed)

    def person(self, language: str, family_name: str = "") -> Person:
        """Return a new adult."""
        faker = self.fakers[language]
        reads = "en" if self.random.random() < 0.05 else language
        return Person(
            given_names=faker.first_name(),
            family_name=family_name or faker.last_name(),
            language=reads,
        )

    def fill(self, group: TeachingGroup, language: str, size: int, chosen: list[Chosen]) -> None:
        """Fill the group with pupils, the chosen ones first."""
        drawn = (Chosen(self._family(language)) for _ in range(size - len(chosen)))
        pupils = [(self._pupil(group, language, one), one) for one in (*chosen, *drawn)]
        for pupil, one in pupils:
            db.session.add_all(
                [pupil, *one.family.guardians, *([one.person] if one.person else [])]
            )
        db.session.flush()
        for pupil, one in pupils:
            pupil.person_id = one.person.id if one.person else None
            self._entrust(pupil, one)
        db.session.flush()

    def _pupil(self, group: TeachingGroup, language: str, chosen: Chosen) -> Pupil:
        given_names = chosen.given_names or self.fakers[language].first_name()
        family_name = chosen.family.family_name
        if chosen.person is None and group.grade_level >= PERSON_FROM_GRADE:
            chosen.person = Person(
                given_names=given_names, family_name=family_name, language=language
            )
        return Pupil(
            school_id=group.school_id,
            group_id=group.id,
            given_names=given_names,
            family_name=family_name,
            birth_date=chosen.birth_date or self._birth_date(group.grade_level),
            contact_protected=self.random.random() < CONTACT_PROTECTED,
        )

    def _entrust(self, pupil: Pupil, chosen: Chosen) -> None:
        named = chosen.given_names != ""
        for place, guardian in enumerate(chosen.family.guardians):
            restricted = bool(place) and not named and self.random.random() < RESTRICTED
            db.session.add(
                Guardianship(
                    pupil_id=pupil.id,
                    guardian_id=guardian.id,
                    may_decide=not restricted,
                    restricted_information=restricted,
                )
            )

    def _family(self, language: str) -> Family:
        """Return a new family, or now and then one that already has a child at school."""
        known = self.families.setdefault(language, [])
        if known and self.random.random() < SIBLINGS:
            return self.random.choice(known)
        count = self.random.choices(list(GUARDIAN_COUNTS), list(GUARDIAN_COUNTS.values()))[0]
        name = self.fakers[language].last_name()
        guardians = [self.person(language, name if place == 0 else "") for place in range(count)]
        if count > 1 and self.random.random() < 0.6:
            guardians[1].family_name = name
        family = Family(name, guardians)
        known.append(family)
        return family

    def _birth_date(self, grade_level: int) -> date:
        """Return a day of the year whose children are on the grade level."""
        first = date(self.year - 6 - grade_level, 1, 1)
        return first + timedelta(days=self.random.randrange(365))
