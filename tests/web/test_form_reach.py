"""A form reaches the person, the act and the place it was given for, and shows no id (D12, X17)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from tests.hosts.plain import House, User
from tests.web.addresses import addresses, own_values
from tests.web.desk import COUNTY, IDS, ONE_DATABASE, OPERATOR, Desk, beside, close, desk_register
from tests.web.html import linted
from tests.web.sending import sent_with
from wilma_ext.blueprints.form import SignedForm
from wilma_ext.rights.form.start import start_draft

TENANTS = (IDS.tenant, IDS.other_tenant)
CHANNEL = {"address_0": "https://lunna.example/", "fi_0": "Varaa", "sv_0": "Boka", "en_0": "Book"}
TYPE = {"kind": "absence", "shown": "y", "label_fi": "a", "label_sv": "b", "label_en": "c"}


@contextmanager
def office_everywhere(desk: Desk) -> Iterator[Desk]:
    """Give a second host on the same database, in which an office is one of every provider."""
    offices = (
        select(User.id.label("person_id"), User.office, House.tenant.label("provider_id"))
        .join(House, House.id.is_not(None))
        .where(User.office.is_not(None))
        .distinct()
    )
    other = beside(desk, replace(desk_register(), offices=offices))
    yield other
    close(other)


@pytest.fixture
def both(desk: Desk) -> Iterator[Desk]:
    with office_everywhere(desk) as found:
        yield found


@dataclass(frozen=True)
class Sheet:
    """A form that has the same address at every provider, and what is written into it."""

    address: str
    written: dict[str, str]

    def at(self, desk: Desk, tenant: str) -> str:
        return f"{desk.url}/{self.address.replace('PROVIDER', desk.provider(tenant))}"

    def filled(self, client: FlaskClient, desk: Desk, tenant: str) -> dict[str, Any]:
        return sent_with(client.get(self.at(desk, tenant)), **self.written)


FORMS = {
    "county links": Sheet(f"hand-offs/PROVIDER/?county={COUNTY}", CHANNEL),
    "note type": Sheet("note-types/PROVIDER/type?code=never-heard-of", TYPE),
    "policy": Sheet("policy/PROVIDER/choices/look-up", {"look_up_minutes": "30"}),
    "consent form": Sheet(f"consent-form/PROVIDER/{COUNTY}/start", {"source": "1"}),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_one_provider_does_nothing_at_anothers(both: Desk, name: str) -> None:
    """Whoever has an office at two providers posts the one's form at the other."""
    form, client = FORMS[name], both.client(IDS.main_user)
    sent = form.filled(client, both, IDS.tenant)
    before = {tenant: len(both.events(tenant)) for tenant in TENANTS}
    linted(client.post(form.at(both, IDS.other_tenant), data=sent), 422)
    assert {tenant: len(both.events(tenant)) for tenant in TENANTS} == before
    assert client.post(form.at(both, IDS.tenant), data=sent).status_code in (200, 303)


def marks(desk: Desk, client: FlaskClient, tenant: str) -> set[str]:
    """Return what the tokens on every page of the provider are bound to."""
    opener = URLSafeTimedSerializer(str(desk.app.secret_key), salt="wilma_ext.form")
    pupil = IDS.sibling if tenant == IDS.tenant else IDS.stranger
    found: set[str] = set()
    for address in addresses(desk):
        if "provider" not in address.names or "GET" not in address.methods:
            continue
        values = own_values(desk, address.area)
        of_tenant = {"provider": desk.provider(tenant), "group": desk.group(tenant)}
        values |= of_tenant | {"pupil": desk.handle(pupil, tenant)}
        url = address.filled(values)
        if address.endpoint.endswith("note_type.edit"):
            url += "?code=never-heard-of"
        page = client.get(url)
        found |= {
            opener.loads(token)
            for token in re.findall(r'name="token"[^>]*value="([^"]+)"', page.text)
        }
    return found


@ONE_DATABASE
def test_every_token_names_its_provider(both: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """All forms of an office that there are: none of one provider's is good at the other's."""
    for tenant in TENANTS:
        with both.work() as work:
            start_draft(work, actor=OPERATOR, provider_ref=tenant, county=COUNTY, source=None)

    def shared() -> tuple[int, set[str]]:
        found: list[set[str]] = []
        for tenant in TENANTS:
            clients = [both.client(person) for person in (IDS.main_user, IDS.secretary)]
            found.append(set().union(*(marks(both, client, tenant) for client in clients)))
        return min(map(len, found)), found[0] & found[1]

    number, good_at_both = shared()
    assert number >= 10
    assert good_at_both == set()
    whole: Callable[..., Any] = vars(SignedForm)["of"].__func__
    handles = re.compile("|".join(both.provider(tenant) for tenant in TENANTS))
    forgetful = classmethod(
        lambda cls, purpose, **values: whole(cls, handles.sub("", purpose), **values)
    )
    monkeypatch.setattr(SignedForm, "of", forgetful)
    assert len(shared()[1]) >= 8, "without the provider's name in it a token is good at both"


def test_a_token_shows_no_id_of_the_host(desk: Desk) -> None:
    """A host's id may be an identity number: the page that asks the purpose must not carry it."""
    client = desk.client(IDS.kuraattori)
    token = sent_with(client.get(desk.pupil_url()))["token"]
    _, told = URLSafeTimedSerializer("anybody", salt="wilma_ext.form").loads_unsafe(token)
    assert re.fullmatch("[0-9a-f]{64}", str(told))


@ONE_DATABASE
def test_what_is_too_large_is_told_in_words(desk: Desk) -> None:
    client = desk.client(IDS.main_user, "sv")
    url = f"{desk.url}/note-types/{desk.provider()}/import"
    sent = sent_with(client.get(url))
    desk.app.config["MAX_CONTENT_LENGTH"] = 10_000
    answer = client.post(url, data={**sent, "table": "x" * 20_000})
    page = linted(answer, 413)
    assert "Det här är för stort" in page.ours.text
    assert answer.headers["Cache-Control"] == "no-store, private"
