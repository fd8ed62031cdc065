"""`flask wilma-ext doctor`: a healthy host, and settings and tables that are not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import create_engine

from tests.cli.host import IDS, Host
from tests.db.chain import tamper
from wilma_ext.doctor import Finding, Level, examine
from wilma_ext.state import State, current_state

#: What does not touch the database is the same on both.
once = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

Break = Callable[[Host, State], None]


def findings(host: Host, mend: Break | None = None) -> list[Finding]:
    """Examine the host after something was done to it."""
    with host.app.app_context():
        state: State = host.app.extensions["wilma_ext"]
        if mend is not None:
            mend(host, state)
        return list(examine(host.app, state).findings)


def the_one(found: list[Finding], code: str, subject: str = "") -> Finding:
    """Return the finding with this code that is not in order."""
    wrong = [f for f in found if f.code == code and f.level != Level.OK]
    wrong = [f for f in wrong if subject in (f.subject, "")]
    assert len(wrong) == 1, [f for f in found if f.level != Level.OK]
    assert wrong[0].advice
    return wrong[0]


def test_the_plain_host_is_well(used: Host) -> None:
    document = used.document("doctor")
    assert set(document) == {"ok", "findings", "counts"}
    assert document["ok"] is True
    assert {finding["level"] for finding in document["findings"]} <= {"ok", "warning"}
    assert all(
        set(finding) == {"level", "code", "subject", "message", "advice"}
        for finding in document["findings"]
    )
    expected = {"schools": 3, "pupils": 5, "guardianships": 5, "offices": 4, "providers": 1}
    assert expected.items() <= document["counts"].items()
    assert document["counts"]["pupils_without_guardians"] == 1
    absent = {f["subject"]: f["message"] for f in document["findings"] if "absent" in f["code"]}
    assert absent["schools.name_sv"] == "absent: Swedish pages show the Finnish name"
    assert absent["vetoes"] == "absent: the host cannot narrow access further"


def test_the_example_host_is_well(school: Host) -> None:
    document = school.document("doctor")
    assert document["ok"] is True
    assert document["counts"]["pupils"] > 500
    assert document["counts"]["detentions"] > 0
    [unknown] = [f for f in document["findings"] if f["code"] == "note_type_unknown"]
    assert "61 (" in unknown["message"]
    assert "62 (" in unknown["message"]


def test_words_for_a_person(used: Host) -> None:
    result = used.run("doctor")
    assert result.exit_code == 0
    assert "Counts" in result.output
    assert "pupils: 5" in result.output
    quiet = used.run("doctor", "--quiet").output
    assert len(quiet.splitlines()) < len(result.output.splitlines())
    assert not any(line.startswith("ok") for line in quiet.splitlines())


def test_each_engine_is_asked_about_its_own_ways(used: Host, engine_name: str) -> None:
    codes = {finding.code for finding in findings(used)}
    sqlite = {"sqlite", "foreign_keys", "begin_immediate"}
    postgresql = {"postgresql", "isolation", "encoding", "clock"}
    assert (sqlite if engine_name == "sqlite" else postgresql) <= codes
    assert not (postgresql if engine_name == "sqlite" else sqlite) & codes


def test_tables_that_are_not_there(bare: Host) -> None:
    document = bare.document("doctor", status=1)
    assert document["ok"] is False
    [wrong] = [f for f in document["findings"] if f["level"] == "error"]
    assert wrong["code"] == "schema_revision"
    assert wrong["advice"] == "Run `flask wilma-ext db upgrade`."


def test_nobody_uses_the_plugin_yet(ready: Host) -> None:
    found = the_one(findings(ready), "provider_none")
    assert "provider init" in found.advice


@once
@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "secret_key_missing"),
        ("dev", "secret_key_known"),
        (" Secret ", "secret_key_known"),
        (b"changeme", "secret_key_known"),
        ("15 characters..", "secret_key_short"),
    ],
)
def test_a_weak_secret_key(used: Host, key: str, code: str) -> None:
    def weaken(host: Host, _state: State) -> None:
        host.app.secret_key = key

    found = the_one(findings(used, weaken), code, "SECRET_KEY")
    assert "secrets.token_hex" in found.advice


@once
@pytest.mark.parametrize(
    "flag", ["SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE"]
)
def test_an_open_session_cookie(used: Host, flag: str) -> None:
    def open_up(host: Host, _state: State) -> None:
        host.app.config[flag] = None

    assert the_one(findings(used, open_up), "cookie_flag", flag).level == Level.WARNING


def test_debug_mode(used: Host, engine_name: str) -> None:
    def debug(host: Host, _state: State) -> None:
        host.app.debug = True

    found = the_one(findings(used, debug), "debug")
    assert found.level == (Level.ERROR if engine_name == "postgresql" else Level.WARNING)


@once
def test_a_careless_engine_is_put_right(used: Host) -> None:
    """A host's given engine is used in the mode that the locks need, whatever it was made with."""

    def careless(host: Host, state: State) -> None:
        state.given_engine = create_engine(host.app.config["SQLALCHEMY_DATABASE_URI"])

    found = findings(used, careless)
    wrong = {finding.code for finding in found if finding.level == Level.ERROR}
    assert not wrong & {"begin_immediate", "foreign_keys"}


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_another_isolation_is_put_right(used: Host) -> None:
    def careless(host: Host, state: State) -> None:
        state.given_engine = create_engine(
            host.app.config["SQLALCHEMY_DATABASE_URI"], isolation_level="SERIALIZABLE"
        )

    found = findings(used, careless)
    assert "isolation" not in {each.code for each in found if each.level != Level.OK}


def test_a_log_that_is_not_protected_any_more(used: Host) -> None:
    found = findings(used, lambda _host, state: tamper(state.engine))
    assert {f.subject for f in found if f.level == Level.ERROR} == {
        "wilma_ext_audit_link",
        "wilma_ext_audit_event",
    }


def test_a_log_that_was_tampered_with(used: Host) -> None:
    delete = "DELETE FROM wilma_ext_audit_event WHERE sequence = 3"
    found = the_one(findings(used, lambda _, state: tamper(state.engine, delete)), "audit_chain")
    assert found.message == "event 3 is not what was written"
    assert f"audit verify --provider {IDS.tenant}" in found.advice


def bridge(name: str, **templates: str) -> Break:
    def build(host: Host, state: State) -> None:
        given = {f"{key}.html": text for key, text in templates.items()}
        own: Any = host.app.jinja_env.loader
        host.app.jinja_env.loader = ChoiceLoader([DictLoader(given), own])
        state.settings = replace(state.settings, base_template=name)

    return build


WHOLE = (
    "<html><head><title>{% block wilma_ext_title %}{% endblock %}</title>"
    "{% block wilma_ext_head %}{% endblock %}</head>"
    "<body>{% block wilma_ext_body %}{% endblock %}</body></html>"
)


@once
@pytest.mark.parametrize("block", ["title", "head", "body"])
def test_a_bridge_without_a_block(used: Host, block: str) -> None:
    text = WHOLE.replace(f"{{% block wilma_ext_{block} %}}{{% endblock %}}", "")
    found = the_one(findings(used, bridge("bridge.html", bridge=text)), "template_block")
    assert f"the block wilma_ext_{block} does not come out" in found.message


@once
def test_a_title_that_is_not_in_the_title(used: Host) -> None:
    text = WHOLE.replace("<title>", "<title>Host</title><p>").replace("</title></", "</p></")
    found = the_one(findings(used, bridge("bridge.html", bridge=text)), "template_block")
    assert "pages have no title" in found.message


@once
@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("bridge.html", WHOLE, ""),
        ("nowhere.html", WHOLE, "TemplateNotFound: nowhere.html"),
        ("bridge.html", "{% block wilma_ext_body %}", "TemplateSyntaxError"),
        ("bridge.html", WHOLE + "{{ nobody.name }}", "UndefinedError"),
    ],
)
def test_a_bridge_that_breaks(used: Host, name: str, text: str, words: str) -> None:
    found = findings(used, bridge(name, bridge=text))
    if words:
        assert words in the_one(found, "template_broken").message
    else:
        assert all(f.level == Level.OK for f in found if f.code == "template")


@once
def test_a_language_without_words(used: Host) -> None:
    def speak(_host: Host, state: State) -> None:
        state.settings = replace(state.settings, languages=("fi", "se"))

    assert the_one(findings(used, speak), "catalogue_missing").subject == "language se"


def test_an_examination_leaves_nothing_behind(used: Host) -> None:
    before = used.document("audit", "verify")
    first, second = used.document("doctor"), used.document("doctor")
    assert first == second
    assert used.document("audit", "verify") == before
    with used.app.app_context():
        assert current_state.engine.url.database
