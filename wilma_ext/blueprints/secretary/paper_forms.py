"""The form for what stands on a paper: nothing is filled in, and yes and no look alike (R8)."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from wilma_ext.blueprints.field import DayField, OneOf, offered, option
from wilma_ext.blueprints.form import FilterForm, SignedForm
from wilma_ext.blueprints.guardian.forms import EACH, pair_name, question_name
from wilma_ext.blueprints.label import in_sentence, profession_title
from wilma_ext.blueprints.visit import gettext, lazy
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.paper import Signer
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Choice

ANSWERS, WITHDRAWS = "answers", "withdraws"

#: What is asked again on the second look and not kept from the first.
ASKED_LATER = ("token", "last_seen", "replaces_newer")


class VersionFilter(FilterForm):
    """Which version of the form is printed on the paper."""

    version = SelectField(lazy("Version of the form on the paper"), validate_choice=False)


def _day_needed(_form: Any, field: DayField) -> None:
    if field.day is None and not field.errors:
        raise ValidationError(gettext("Write the day that stands on the paper."))


def _text_needed(_form: Any, field: StringField) -> None:
    if not (field.data or "").strip():
        raise ValidationError(gettext("Write the reference under which the paper is kept."))


class PaperForm(SignedForm):
    """The fixed part; the questions are added for the version that is printed on the paper."""

    version = HiddenField()
    #: The signer's latest answer as the second look knew it (X11).
    last_seen = HiddenField()
    signer = RadioField(
        lazy("Who has signed"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose who has signed."))],
    )
    signed_on = DayField(lazy("Day on the paper"), [_day_needed])
    document = StringField(
        lazy("Reference of the paper"),
        [_text_needed, Length(max=200, message=lazy("Write at most 200 characters."))],
        description=lazy("The number or place under which the school keeps the paper."),
    )
    language = SelectField(
        lazy("Language of the paper"),
        validate_choice=False,
        validators=[
            InputRequired(lazy("Choose the language of the paper.")),
            OneOf(lazy("Choose the language of the paper.")),
        ],
    )
    act = RadioField(
        lazy("What the paper says"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose whether the paper answers or withdraws."))],
    )
    replaces_newer = BooleanField(lazy("The paper replaces the newer answer"))
    consent: Form

    def choices(self) -> dict[ConsentPair, Choice] | None:
        """Return what was chosen for every pair of the version; None for a withdrawal."""
        if self.act.data == WITHDRAWS:
            return None
        chosen: dict[ConsentPair, Choice] = {}
        for question in self.consent.questions:
            answer = self[question_name(question.category)].data
            for pair in question.pairs():
                chosen[pair] = Choice(self[pair_name(pair)].data if answer == EACH else answer)
        return chosen

    def kept(self) -> list[tuple[str, str]]:
        """Return what was filled in, to be sent on from the second look."""
        later = {*ASKED_LATER}
        return [(f.name, str(f.data)) for f in self if f.name not in later and f.data]


def paper_form(consent: Form, signers: Iterable[Signer], **values: Any) -> PaperForm:
    """Return the form for a version; nothing is chosen beforehand."""
    fields: dict[str, Any] = {"consent": consent}
    for question in consent.questions:
        label = consent.texts[values["text_language"]][f"question:{question.category}"]
        fields[question_name(question.category)] = _question(label)
        for pair in question.pairs():
            fields[pair_name(pair)] = _pair(question.category, profession_title(pair.profession))
    form_class: Any = type("VersionedPaperForm", (PaperForm,), fields)
    form: PaperForm = form_class.of(values["purpose"], data={"version": str(consent.version)})
    form.signer.choices = [option(signer_key(one), _signer_label(one)) for one in signers]
    form.language.choices = [
        option("", gettext("Choose the language")),
        *(option(code, _own_name(code)) for code in sorted(consent.texts)),
    ]
    form.act.choices = [
        option(ANSWERS, gettext("Answers the questions")),
        option(WITHDRAWS, gettext("Withdraws the consent")),
    ]
    return form


def signer_key(signer: Signer) -> str:
    """Return the value that stands for a signer in the form."""
    return f"{signer.giver.capacity.value}:{signer.giver.person_ref}"


def _signer_label(signer: Signer) -> str:
    role = gettext("Guardian") if signer.giver.capacity == "guardian" else gettext("The pupil")
    words = [signer.name or gettext("A person without a name"), in_sentence(role)]
    if not signer.decides:
        words.append(gettext("can only withdraw"))
    return ", ".join(words)


def _own_name(code: str) -> str:
    known = current_state.languages.get(code)
    return code if known is None else known.own_name


def _question(label: str) -> RadioField:
    options = [
        option(Choice.YES.value, gettext("Yes")),
        option(Choice.NO.value, gettext("No")),
        option(EACH, gettext("Each profession apart")),
    ]

    def answered(form: PaperForm, field: RadioField) -> None:
        if form.act.data != WITHDRAWS and field.data not in offered(field):
            raise ValidationError(gettext("Choose yes or no: %(question)s", question=label))

    return RadioField(label, choices=options, validators=[answered], validate_choice=False)


def _pair(category: str, label: str) -> RadioField:
    def answered(form: PaperForm, field: RadioField) -> None:
        asked = form.act.data != WITHDRAWS and form[question_name(category)].data == EACH
        if asked and field.data not in set(Choice):
            raise ValidationError(gettext("Choose yes or no: %(question)s", question=label))

    options = [option(Choice.YES.value, gettext("Yes")), option(Choice.NO.value, gettext("No"))]
    return RadioField(label, choices=options, validators=[answered], validate_choice=False)
