"""Forms of the draft: where it begins, its texts, its questions, its terms."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, StopValidation

from wilma_ext.blueprints.consent_form.wording import part_hint, part_label
from wilma_ext.blueprints.field import CheckboxesField, DayField, OneOf, offered, option
from wilma_ext.blueprints.form import FilterForm, SignedForm
from wilma_ext.blueprints.label import category_label, profession_title
from wilma_ext.blueprints.policy_label import policy_label
from wilma_ext.blueprints.visit import gettext, lazy
from wilma_ext.rights.access.categories import shown_categories
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.validity import VALIDITIES, Validity
from wilma_ext.rights.form.consent_form import Question
from wilma_ext.rights.form.draft import MOST_LETTERS, Draft, Seen
from wilma_ext.rights.form.terms import LONGEST_ADDRESS, Terms
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Profession


class StartForm(SignedForm):
    source = RadioField(
        lazy("What the draft begins from"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose what the draft begins from."))],
    )


class DraftForm(SignedForm):
    """What every form of the draft has: the draft that the page showed."""

    based_on = HiddenField()

    def seen(self) -> Seen:
        """Return the draft that the page showed; a tampered one has never been."""
        form_id, _, revision = (self.based_on.data or "").partition(":")
        known = revision.isascii() and revision.isdigit() and len(revision) < 10
        return Seen(form_id, int(revision) if known else -1)

    def base_on(self, draft: Draft) -> None:
        """Let the next saving build on the draft as it is."""
        self.based_on.data = basis(draft)


class ConfirmForm(DraftForm):
    """One button; nothing to fill in."""


def basis(draft: Draft) -> str:
    """Return what the hidden field holds."""
    return f"{draft.form_id}:{draft.revision}"


class TextsForm(DraftForm):
    """The texts of one language; a field for each part is added."""

    def texts(self, parts: Sequence[str]) -> dict[str, str]:
        """Return what was written."""
        return {part: self[field_name(part)].data or "" for part in parts}


def texts_form(purpose: str, draft: Draft, language: str, parts: Sequence[str]) -> TextsForm:
    """Return the form of the parts that may be written in the language."""
    told = gettext("Write at most %(number)s letters.", number=MOST_LETTERS)
    fields = {
        field_name(part): TextAreaField(
            part_label(part),
            description=part_hint(part),
            validators=[Length(max=MOST_LETTERS, message=told)],
        )
        for part in parts
    }
    written = draft.texts.get(language, {})
    values = {field_name(part): written.get(part, "") for part in parts}
    form_class: Any = type("LanguageForm", (TextsForm,), fields)
    form: TextsForm = form_class.of(purpose, data={**values, "based_on": basis(draft)})
    return form


def field_name(part: str) -> str:
    """Return the field's name of a part."""
    return f"part-{part.replace(':', '-')}"


class QuestionsForm(DraftForm):
    """What the form asks; a group of checkboxes for each category is added."""

    def questions(self) -> tuple[Question, ...]:
        """Return the questions that were chosen; a category without a profession asks nothing."""
        chosen = {
            name.removeprefix("question-"): tuple(field.data or ())
            for name, field in self._fields.items()
            if name.startswith("question-")
        }
        return tuple(Question(category, names) for category, names in chosen.items() if names)

    def groups(self) -> list[Any]:
        """Return the fields of the categories."""
        return [field for name, field in self._fields.items() if name.startswith("question-")]


def questions_form(purpose: str, draft: Draft, pairs: Collection[ConsentPair]) -> QuestionsForm:
    """Return the form of the pairs that may be asked, those of the draft chosen."""
    asked = draft.pairs()
    fields, values = {}, {}
    for category in shown_categories(current_state.register):
        names = [p.value for p in Profession if ConsentPair(p.value, category) in pairs]
        if not names:
            continue
        key = f"question-{category}"
        fields[key] = CheckboxesField(
            category_label(current_state.register, category),
            choices=[option(name, profession_title(name)) for name in names],
            validate_choice=False,
            validators=[_Offered(gettext("Choose among the professions that are offered."))],
        )
        values[key] = [name for name in names if ConsentPair(name, category) in asked]
    form_class: Any = type("OfferedForm", (QuestionsForm,), fields)
    form: QuestionsForm = form_class.of(purpose, data={**values, "based_on": basis(draft)})
    return form


class _Offered:
    """Allows none, some or all of the offered choices, and no other."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not set(field.data or ()) <= set(offered(field)):
            raise StopValidation(self.message)


class TermsForm(DraftForm):
    """Validity, privacy notice, and whether the change asks again."""

    validity = RadioField(
        lazy("How long the consent is valid"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose how long the consent is valid."))],
    )
    fixed_until = DayField(
        lazy("Last day, if it is a fixed day"), description=lazy("For example 31.7.2027.")
    )
    privacy_url = StringField(
        lazy("Link to the privacy notice"),
        description=lazy("Begins with https://."),
        validators=[Length(max=LONGEST_ADDRESS, message=lazy("The address is too long."))],
    )
    material = RadioField(
        lazy("Does this version change what a consent means?"),
        description=lazy(
            "It does if somebody who said yes to the version before could say no to this one: "
            "other data, other people, another use, a longer time."
        ),
        validate_choice=False,
        validators=[OneOf(lazy("Choose whether the change is material."))],
    )

    def terms(self) -> Terms:
        """Return what was chosen."""
        word = self.validity.data or ""
        last = self.fixed_until.day if word == "fixed" else None
        address = (self.privacy_url.data or "").strip()
        return Terms(Validity(word, last), address, self.material.data == "yes")


def terms_form(purpose: str, draft: Draft) -> TermsForm:
    """Return the form with the draft's terms."""
    terms = draft.terms
    last = terms.validity.fixed_until
    form: TermsForm = TermsForm.of(
        purpose,
        data={
            "based_on": basis(draft),
            "validity": terms.validity.word,
            "fixed_until": f"{last.day}.{last.month}.{last.year}" if last else "",
            "privacy_url": terms.privacy_url,
            "material": "yes" if terms.material else "no",
        },
    )
    form.validity.choices = [option(key, policy_label("validity", key)) for key in VALIDITIES]
    form.material.choices = [
        option("yes", gettext("Yes, it changes what a consent means")),
        option("no", gettext("No, only the wording or a correction")),
    ]
    return form


class CompareForm(FilterForm):
    """Which two versions, in which language."""

    older = SelectField(lazy("Older version"), validate_choice=False)
    newer = SelectField(lazy("Newer version"), validate_choice=False)
    language = SelectField(lazy("Language"), validate_choice=False)

    def offer(self, versions: Mapping[str, str], languages: Mapping[str, str]) -> None:
        """Set what may be chosen."""
        choices = [option(*version) for version in versions.items()]
        self.older.choices = self.newer.choices = choices
        self.language.choices = [option(*language) for language in languages.items()]
