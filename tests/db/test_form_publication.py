"""Publishing a consent form: complete, exact, and told in the words of its own rule."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.db.form_office import COUNTY, IDS, NEWS, QUESTIONS, Office, desk, office
from wilma_ext.errors import Invalid
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form.consent_form import sha256_of
from wilma_ext.rights.form.draft import find_draft
from wilma_ext.rights.form.terms import Terms
from wilma_ext.vocabulary import Route

__all__ = ["desk", "office"]


class TestPublishing:
    def test_a_complete_draft_is_the_next_version(self, office: Office) -> None:
        office.complete()
        assert office.problems() == []
        form_id = office.publish()
        form = office.in_force()
        assert (form.form_id, form.version, form.questions) == (form_id, 2, QUESTIONS)
        assert form.texts["sv"]["changed"] == NEWS["sv"]
        with office.desk.work() as work:
            assert find_draft(work, IDS.tenant, COUNTY) is None
        event = office.desk.events()[-1]
        assert (event.event, event.actor_ref) == ("consent_form:published", IDS.main_user)

    @pytest.mark.parametrize("language", ["fi", "sv"])
    def test_it_is_refused_while_a_required_language_is_missing(
        self, office: Office, language: str
    ) -> None:
        draft = office.complete()
        office.write(language, texts=dict.fromkeys(draft.texts[language], ""))
        assert ("form_language_missing", language, "") in office.problems()
        with pytest.raises(Invalid, match="form_incomplete"):
            office.publish()
        assert office.in_force().version == 1

    def test_every_missing_part_is_named(self, office: Office) -> None:
        office.complete()
        office.write("sv", texts={"details": " \n ", "question:grades": ""})
        office.write("en", title="")
        assert office.problems() == [
            ("form_part_missing", "sv", "details"),
            ("form_part_missing", "sv", "question:grades"),
            ("form_part_missing", "en", "title"),
        ]

    def test_a_closed_cell_cannot_be_asked(self, office: Office) -> None:
        office.complete()
        office.desk.publish({("kuraattori", "absences"): Route.CONSENT})
        assert {
            ("form_pair_closed", "", "psykologi:absences"),
            ("form_pair_closed", "", "kuraattori:grades"),
        } == set(office.problems())
        with pytest.raises(Invalid, match="form_incomplete"):
            office.publish()

    def test_what_the_default_asks_beyond_the_matrix_is_refused(self, office: Office) -> None:
        office.start()
        closed = {what for code, _, what in office.problems() if code == "form_pair_closed"}
        assert "laakari:absences" in closed
        assert "kuraattori:absences" not in closed

    def test_news_are_asked_for_by_a_material_change_only(self, office: Office) -> None:
        office.complete(news={"fi": NEWS["fi"]})
        missing = [("form_part_missing", language, "changed") for language in ("sv", "en")]
        assert office.problems() == missing
        office.agree(Terms(material=False))
        assert office.problems() == []
        office.publish()
        assert "changed" not in office.in_force().texts["fi"]

    def test_a_question_taken_away_leaves_no_text(self, office: Office) -> None:
        office.complete()
        office.ask(QUESTIONS[0])
        assert "question:grades" in office.draft().texts["fi"]
        office.publish()
        assert "question:grades" not in office.in_force().texts["fi"]


class TestExactText:
    @pytest.mark.parametrize(
        ("rule", "told"),
        [
            (Validity("school_year"), ("31.7. asti", "läsårets slut", "31 July")),
            (Validity("open"), ("kunnes peruutat", "återkallar", "until you withdraw")),
        ],
        ids=["school year", "open"],
    )
    def test_the_rule_is_told_in_each_language(
        self, office: Office, rule: Validity, told: tuple[str, str, str]
    ) -> None:
        office.complete(Terms(rule))
        office.publish()
        form = office.in_force()
        for language, words in zip(("fi", "sv", "en"), told, strict=True):
            assert words in form.texts[language]["summary"]
            assert "{" not in form.full_text(language)
            assert form.text_sha256(language) == sha256_of(form.full_text(language))

    def test_a_fixed_day_is_told_and_kept(self, office: Office) -> None:
        last = office.in_force().published_at.date() + timedelta(days=200)
        office.complete(Terms(Validity("fixed", last)))
        office.publish()
        form = office.in_force()
        assert f"{last.day}.{last.month}.{last.year} asti" in form.full_text("fi")
        assert (form.validity, form.fixed_until) == ("fixed", last)

    def test_the_text_of_the_draft_is_the_text_in_force(self, office: Office) -> None:
        draft = office.complete()
        office.publish()
        form = office.in_force()
        looked_at = replace(draft.as_form(2, form.published_at), form_id=form.form_id)
        for language in ("fi", "sv", "en"):
            assert looked_at.full_text(language) == form.full_text(language)

    def test_the_right_to_services_cannot_be_edited_away(self, office: Office) -> None:
        office.complete()
        office.write("fi", right_to_services="Ei oikeutta mihinkään.")
        office.publish()
        parts = office.in_force().full_text("fi").split("\n\n")
        assert parts[2].startswith("Oppilas saa aina tavata kuraattorin")
        assert "Ei oikeutta" not in office.in_force().full_text("fi")

    def test_a_further_language_writes_its_own_sentences(self, office: Office) -> None:
        draft = office.complete()
        parts = dict.fromkeys(draft.told("fi"), "teksti")
        parts |= {"right_to_services": "", "summary": "{validity}"}
        office.write("so", texts=parts)
        assert set(office.problems()) == {
            ("form_part_missing", "so", "right_to_services"),
            ("form_placeholder", "so", "summary"),
        }
        office.write("so", right_to_services="Xaq", summary="Ilaa 31.7.")
        office.publish()
        assert "Xaq" in office.in_force().full_text("so")

    def test_what_is_typed_is_tidied_to_paragraphs(self, office: Office) -> None:
        office.start()
        office.write("fi", title="Kaksi\n riviä", summary="Yksi \r\n\r\n\r\n  kaksi\u2028kolme ")
        texts = office.draft().texts["fi"]
        assert (texts["title"], texts["summary"]) == ("Kaksi riviä", "Yksi\nkaksi\nkolme")
