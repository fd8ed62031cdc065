"""What a world has before its first fact: provider, policy, counties with a form, groups."""

from wilma_ext.models import County, Provider
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.form.consent_form import PARTS, Question, publish_form
from wilma_ext.rights.policy.policy import Policy, first_policy
from wilma_ext.rights.welfare.welfare_group import create_group
from wilma_ext.simulate.world import World
from wilma_ext.vocabulary import FIXED_CATEGORIES, Profession
from wilma_ext.work import Work

#: The form of every county asks about every pair.
_QUESTIONS = tuple(
    Question(category, tuple(profession.value for profession in Profession))
    for category in FIXED_CATEGORIES
)
_PARTS = (*PARTS, *(f"question:{category}" for category in FIXED_CATEGORIES))
_TEXTS = {language: dict.fromkeys(_PARTS, "-") for language in ("fi", "sv")}


def begin(work: Work, world: World, policy: Policy, *, actor: Actor) -> dict[str, str]:
    """Write the beginning and return the plugin's id of each group."""
    work.lock_provider(world.provider, exclusive=True)
    names = {f"name_{language}": world.provider for language in ("fi", "sv", "en")}
    work.session.add(Provider(ref=world.provider, handle=new_id(), created_at=work.now(), **names))
    first_policy(work, actor=actor, policy=policy, provider_ref=world.provider)
    for county in sorted(world.counties()):
        _county(work, world.provider, county, actor)
    return {
        group.id: create_group(
            work,
            actor=actor,
            provider_ref=world.provider,
            county=group.county,
            names=(group.id, group.id, group.id),
        )
        for group in world.groups
    }


def _county(work: Work, provider_ref: str, county: str, actor: Actor) -> None:
    named = {f"name_{language}": county for language in ("fi", "sv", "en")}
    work.session.add(County(key=county, provider_ref=provider_ref, **named))
    work.session.flush()
    publish_form(
        work,
        actor=actor,
        provider_ref=provider_ref,
        county=county,
        questions=_QUESTIONS,
        texts=_TEXTS,
        material=False,
    )
