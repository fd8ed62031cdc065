"""The consent form as one sees it: a question per category, a choice per profession if wanted."""

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, RadioField, ValidationError

from wilma_ext.blueprints.field import offered, option
from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.label import profession_title
from wilma_ext.blueprints.visit import gettext
from wilma_ext.rights.consent.own_answer import OwnChoice
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.vocabulary import Choice

#: The third option of a question: a yes or no for each profession apart.
EACH = "each"


class WithdrawForm(SignedForm):
    """One button; nothing to fill in."""


class AnswerForm(SignedForm):
    """The fixed part; the questions are added for each form version."""

    #: The person's latest answer as the page knew it, to notice another one in between (X11).
    last_seen = HiddenField()
    #: The version that was shown.
    version = HiddenField()
    consent: Form

    def choices(self) -> dict[ConsentPair, Choice]:
        """Return what was chosen for every pair of the form."""
        chosen: dict[ConsentPair, Choice] = {}
        for question in self.consent.questions:
            answer = self[question_name(question.category)].data
            for pair in question.pairs():
                value = self[pair_name(pair)].data if answer == EACH else answer
                chosen[pair] = Choice(value)
        return chosen


def answer_form(
    consent: Form, language: str, own: Mapping[ConsentPair, OwnChoice], **values: Any
) -> AnswerForm:
    """Return the form for a published version; nothing is chosen that was not chosen before."""
    fields: dict[str, Any] = {"consent": consent}
    for question in consent.questions:
        label = consent.texts[language][f"question:{question.category}"]
        fields[question_name(question.category)] = _question(label)
        for pair in question.pairs():
            name = pair_name(pair)
            fields[name] = _pair(question.category, profession_title(pair.profession))
    form_class: Any = type("VersionedAnswerForm", (AnswerForm,), fields)
    form: AnswerForm = form_class.of(
        values.pop("purpose"), data={**_before(consent, own), **values}
    )
    return form


def question_name(category: str) -> str:
    """Return the field's name of a question."""
    return f"question-{category}"


def pair_name(pair: ConsentPair) -> str:
    """Return the field's name of a pair."""
    return f"pair-{pair.category}-{pair.profession}"


def _question(label: str) -> RadioField:
    options = [
        option(Choice.YES.value, gettext("Yes")),
        option(Choice.NO.value, gettext("No")),
        option(EACH, gettext("I choose for each profession")),
    ]

    def answered(_form: AnswerForm, field: RadioField) -> None:
        if field.data not in offered(field):
            raise ValidationError(gettext("Choose yes or no: %(question)s", question=label))

    return RadioField(label, choices=options, validators=[answered], validate_choice=False)


def _pair(category: str, label: str) -> RadioField:
    def answered(form: AnswerForm, field: RadioField) -> None:
        chosen = form[question_name(category)].data
        if chosen == EACH and field.data not in set(Choice):
            raise ValidationError(gettext("Choose yes or no: %(question)s", question=label))

    options = [option(Choice.YES.value, gettext("Yes")), option(Choice.NO.value, gettext("No"))]
    return RadioField(label, choices=options, validators=[answered], validate_choice=False)


def _before(consent: Form, own: Mapping[ConsentPair, OwnChoice]) -> dict[str, str]:
    """Earlier choices that still live are shown as they are (G6)."""
    values: dict[str, str] = {}
    for question in consent.questions:
        said = {pair: own[pair].value for pair in question.pairs() if _lives(own, pair)}
        if len(said) < len(question.pairs()):
            continue
        if len(set(said.values())) == 1:
            values[question_name(question.category)] = next(iter(said.values())).value
            continue
        values[question_name(question.category)] = EACH
        values |= {pair_name(pair): value.value for pair, value in said.items()}
    return values


def _lives(own: Mapping[ConsentPair, OwnChoice], pair: ConsentPair) -> bool:
    return pair in own and own[pair].alive
