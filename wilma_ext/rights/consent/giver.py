"""Who answers about whom."""

from dataclasses import dataclass

from wilma_ext.oversight.event import Actor
from wilma_ext.vocabulary import Capacity


@dataclass(frozen=True)
class Giver:
    """Who answers about whom: a person in one capacity, about one pupil of one provider."""

    person_ref: str
    capacity: Capacity
    provider_ref: str
    pupil_ref: str

    @property
    def actor(self) -> Actor:
        """The giver as the actor of the audit row."""
        return Actor(self.person_ref, self.capacity.value)
