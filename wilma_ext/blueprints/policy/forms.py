"""Forms of the policy: one key, or the keys that belong together."""

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import StopValidation

from wilma_ext.blueprints.field import CheckboxesField, DayField, OneOf, offered, option
from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.label import profession_title
from wilma_ext.blueprints.policy.meaning import MEANINGS
from wilma_ext.blueprints.policy_label import policy_key_label, policy_label
from wilma_ext.blueprints.visit import current_visit, gettext, lazy
from wilma_ext.errors import Invalid
from wilma_ext.rights.access.bound import AGES
from wilma_ext.rights.policy.choice import choice_of, word_of
from wilma_ext.rights.policy.policy import WORDS, Policy
from wilma_ext.vocabulary import STATUTORY_PROFESSIONS

#: What is changed on one page -> its keys, in the order of the pages.
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "mode": ("mode",),
    "agreement": ("agreement_required",),
    "schools": ("school_scope",),
    "law": ("statutory_professions",),
    "guardians": ("decides",),
    "ages": ("joint_from_age", "own_from_age"),
    "custody": ("on_custody_change",),
    "validity": ("validity", "fixed_until"),
    "move": ("on_school_move",),
    "form": ("on_material_change",),
    "activation": ("activation",),
    "look-up": ("look_up_minutes",),
    "necessity": ("necessity_text",),
    "paper": ("paper_consent",),
    "log": ("log_extract",),
    "approval": ("four_eyes",),
}

_CHOOSE = lazy("Choose one of the options.")


class _Offered:
    """Demands that nothing but offered choices was sent; none at all is a choice too."""

    def __call__(self, form: Any, field: Any) -> None:
        if not set(field.data or ()) <= set(offered(field)):
            raise StopValidation(str(_CHOOSE))


class PolicyForm(SignedForm):
    """The fixed part; a field for every key of the subject is added."""

    subject = ""
    #: The version that the page showed, to notice another one in between.
    based_on = HiddenField()

    def keys(self) -> tuple[str, ...]:
        return SUBJECTS[self.subject]

    def version(self) -> int | None:
        """Return the version that the page showed, or None where it was tampered with."""
        text = self["based_on"].data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def changes(self) -> dict[str, Any]:
        """Return what was chosen; a key or word that cannot be is `Invalid`."""
        chosen = {key: self._chosen(key) for key in self.keys()}
        if chosen.get("validity", "fixed") != "fixed":
            chosen["fixed_until"] = None
        return chosen

    def _chosen(self, key: str) -> Any:
        field = self[key]
        if isinstance(field, DayField):
            return field.day
        return choice_of(key, field.data if field.data is not None else "?")

    def sent(self) -> list[tuple[str, str]]:
        """Return the names and values that carry the choices on to the next page."""
        return [
            (key, str(value)) for key in self.keys() for value in self[key].raw_data or () if value
        ]

    def bound_to(self) -> str:
        """Return the choices as text, so that a token holds for these and for no others."""
        try:
            told = [f"{key}={word_of(value)}" for key, value in self.changes().items()]
        except Invalid:
            told = ["?"]
        return ";".join([str(self.version()), *told])


def policy_form(purpose: str, subject: str, policy: Policy, version: int) -> PolicyForm:
    """Return the form with the choices as they are, or as they were sent."""
    keys = SUBJECTS[subject]
    now = {key: _shown(key, getattr(policy, key)) for key in keys}
    fields: dict[str, Any] = {key: _field(key) for key in keys}
    form_class: Any = type("ChoiceForm", (PolicyForm,), {"subject": subject, **fields})
    form: PolicyForm = form_class.of(purpose, data={**now, "based_on": str(version)})
    return form


def saving_form(provider: str, subject: str, policy: Policy, version: int) -> PolicyForm:
    """Return the form that saves; its token holds only for what was reviewed."""
    bound = policy_form("", subject, policy, version).bound_to()
    return policy_form(f"save-policy:{provider}:{subject}:{bound}", subject, policy, version)


def _shown(key: str, value: Any) -> Any:
    if key == "statutory_professions":
        return list(value)
    if key == "fixed_until":
        return current_visit().speech.date(value) if value else ""
    return word_of(value)


def _field(key: str) -> Any:
    named: dict[str, Any] = {"label": policy_key_label(key), "description": str(MEANINGS[key].text)}
    choose: dict[str, Any] = {"validate_choice": False, "validators": [OneOf(_CHOOSE)]}
    if key == "fixed_until":
        example = gettext("For example 31.7.2027.")
        return DayField(named["label"], description=f"{named['description']} {example}")
    if key == "look_up_minutes":
        return StringField(**named)
    if key == "statutory_professions":
        professions = [option(p.value, profession_title(p.value)) for p in STATUTORY_PROFESSIONS]
        return CheckboxesField(
            **named, choices=professions, validate_choice=False, validators=[_Offered()]
        )
    kind: Any = SelectField if key in ("joint_from_age", "own_from_age") else RadioField
    options = [option(word_of(value), policy_label(key, value)) for value in _values(key)]
    return kind(**named, choices=options, **choose)


def _values(key: str) -> list[Any]:
    if key in WORDS:
        return list(WORDS[key])
    if key == "joint_from_age":
        return [*AGES, None]
    return list(AGES) if key == "own_from_age" else [True, False]
