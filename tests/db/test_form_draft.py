"""The draft of a consent form: begun once, written by two, in force for nobody."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest

from tests.db.form_office import COUNTY, IDS, QUESTIONS, WHERE, Office, desk, office
from tests.web.desk import OPERATOR
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form import draft as form_draft
from wilma_ext.rights.form.consent_form import form_of
from wilma_ext.rights.form.draft import Seen, discard_draft, draft_of, find_draft, save_texts
from wilma_ext.rights.form.terms import Terms
from wilma_ext.rights.form.version import form_versions

__all__ = ["desk", "office"]


class TestBeginning:
    def test_a_draft_is_in_force_for_nobody(self, office: Office) -> None:
        before = office.in_force()
        office.start()
        office.write("fi", title="Aivan uusi otsikko")
        assert office.in_force() == before
        with office.desk.work() as work:
            assert [form.version for form, _ in form_versions(work, IDS.tenant, COUNTY)] == [1]
            with pytest.raises(NotFound):
                form_of(work, IDS.tenant, office_draft_id(work))

    def test_there_is_one_draft_only(self, office: Office) -> None:
        first = office.start()
        with pytest.raises(Conflict):
            office.start(None)
        assert office.draft() == first

    def test_the_rule_of_the_version_gives_way_to_its_place(self, office: Office) -> None:
        draft = office.start()
        assert "lukuvuoden loppuun" in office.in_force().texts["fi"]["summary"]
        for language in ("fi", "sv", "en"):
            assert "{validity}" in draft.texts[language]["summary"]
        assert draft.told("fi")["summary"] == office.in_force().texts["fi"]["summary"]

    def test_the_default_text_asks_what_the_matrix_opens(self, office: Office) -> None:
        office.desk.policy(validity="open")
        draft = office.start(None)
        assert draft.questions == QUESTIONS
        assert draft.terms.validity == Validity("open")
        assert "kunnes peruutat" in draft.told("fi")["summary"]

    def test_anothers_provider_finds_no_draft(self, office: Office) -> None:
        seen = office.start().seen
        with office.desk.work() as work:
            assert find_draft(work, IDS.other_tenant, COUNTY) is None
            with pytest.raises(NotFound):
                draft_of(work, IDS.other_tenant, COUNTY)
        theirs: dict[str, Any] = {"provider_ref": IDS.other_tenant, "county": COUNTY, "seen": seen}
        with pytest.raises(Conflict), office.desk.work() as work:
            save_texts(work, actor=OPERATOR, language="fi", texts={"title": "x"}, **theirs)
        with pytest.raises(Conflict), office.desk.work() as work:
            discard_draft(work, **theirs)
        assert office.draft().texts["fi"]["title"] != "x"


def office_draft_id(work: Any) -> str:
    return draft_of(work, IDS.tenant, COUNTY).form_id


class TestTwoEditors:
    def test_the_second_saving_of_the_same_page_is_a_conflict(self, office: Office) -> None:
        seen = office.start().seen
        office.write("fi", seen, title="Ensimmäinen")
        for saving in (
            lambda: office.write("fi", seen, title="Toinen"),
            lambda: office.agree(Terms(), seen),
            lambda: office.publish(seen),
        ):
            with pytest.raises(Conflict):
                saving()
        assert office.draft().texts["fi"]["title"] == "Ensimmäinen"

    def test_at_the_same_instant_one_of_them_is_refused(self, office: Office) -> None:
        seen = office.start().seen
        words = [f"Otsikko {number}" for number in range(6)]
        outcomes = at_once(lambda word: office.write("fi", seen, title=word), words)
        saved = [word for word, refused in outcomes.items() if not refused]
        assert len(saved) == 1
        assert {type(error) for error in outcomes.values() if error} == {Conflict}
        assert office.draft().texts["fi"]["title"] == saved[0]
        assert office.draft().revision == seen.revision + 1

    def test_a_draft_begun_anew_is_another_one(self, office: Office) -> None:
        seen = office.start().seen
        with office.desk.work() as work:
            discard_draft(work, seen=seen, **WHERE)
        assert office.start().revision == seen.revision
        with pytest.raises(Conflict):
            office.write("fi", seen, title="Vanhalta sivulta")

    def test_a_page_from_before_publishing_changes_nothing(self, office: Office) -> None:
        seen = office.complete().seen
        form_id = office.publish()
        with pytest.raises(Conflict):
            office.write("fi", Seen(form_id, seen.revision + 1), title="Jälkikäteen")
        assert office.in_force().texts["fi"]["title"] != "Jälkikäteen"


def test_without_the_count_of_savings_words_are_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: savings that look away from the revision overwrite each other."""
    counted = form_draft.claim

    def blind(work: Any, provider_ref: str, county: str, _seen: Seen, **more: Any) -> Any:
        now = draft_of(work, provider_ref, county).seen
        return counted(work, provider_ref, county, now, **more)

    seen = office.start().seen
    office.write("fi", seen, title="Ensimmäinen")
    monkeypatch.setattr(form_draft, "claim", blind)
    office.write("fi", seen, title="Toinen")
    assert office.draft().texts["fi"]["title"] == "Toinen"


def at_once(act: Callable[[str], Any], values: list[str]) -> dict[str, Exception | None]:
    """Act with every value at the same instant; return what each was refused with."""
    barrier, outcomes = Barrier(len(values)), dict[str, Exception | None]()

    def run(value: str) -> None:
        barrier.wait()
        try:
            act(value)
        except Conflict as error:
            outcomes[value] = error
        else:
            outcomes[value] = None

    threads = [Thread(target=run, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Terms(Validity("for_ever")), "form_validity"),
        (Terms(Validity("fixed")), "form_fixed_missing"),
        (Terms(Validity("fixed", date(2020, 1, 1))), "form_fixed_past"),
        (Terms(privacy_url="http://example.com/"), "form_privacy_url"),
        (Terms(privacy_url="javascript:alert(1)"), "form_privacy_url"),
        (Terms(privacy_url="https://lohja.fi@evil.example/"), "form_privacy_url"),
        (Terms(privacy_url="https://"), "form_privacy_url"),
    ],
    ids=["word", "no day", "past", "http", "script", "user name", "no host"],
)
def test_wrong_terms_are_refused(office: Office, terms: Terms, code: str) -> None:
    office.start()
    with pytest.raises(Invalid, match=code):
        office.agree(terms)
    assert office.draft().revision == 1
