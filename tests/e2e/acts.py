"""What people have done before somebody looks: sent as a browser without a script would."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from examples.school.database import db
from examples.school.models import Grade, LessonNote, NoteType, Pupil
from tests import present
from tests.e2e.school import sign_in
from tests.web.desk_acts import drive, press, review, start
from tests.web.html import Document, linted

HOME = "/wilma-ext/"
#: A name as long as names of subjects become.
SUBJECT = "Suomi toisena kielenä ja kirjallisuus, yläkoulu"


def client_of(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, username)
    return client


def page_of(client: FlaskClient, path: str = HOME) -> Document:
    return linted(client.get(path, follow_redirects=True))


def links(page: Document, part: str) -> Iterator[str]:
    """Yield the addresses of ours that have this part."""
    for link in page.ours.all("a"):
        if part in (address := link.attributes.get("href", "")):
            yield address


def page_of_elli(client: FlaskClient) -> Document:
    """Return the page of the child the two guardians share; the only child needs no choice."""
    page = page_of(client, f"{HOME}guardian/")
    if children := [e for e in page.ours.all("a") if "Elli" in e.text]:
        return page_of(client, children[0].attributes["href"])
    return page


def answered(app: Flask, choice: str = "yes", username: str = "huoltaja") -> str:
    """Answer about Elli; return the receipt's address."""
    client = client_of(app, username)
    given = {f"question-{category}": choice for category in ("absences", "grades")}
    answer = press(client, page_of_elli(client), "/answer", **given)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def marked(app: Flask) -> None:
    """Give every pupil enough absences and grades to draw."""
    today = present.today()
    with app.app_context():
        kind = db.session.scalars(select(NoteType).where(NoteType.is_absence)).first()
        assert kind is not None
        for pupil in db.session.scalars(select(Pupil.id)):
            for back in range(1, 60):
                day = today - timedelta(days=back)
                if day.weekday() < 5:
                    at = f"{8 + back % 6:02}:15"
                    missed = {"day": day, "starts_at": at, "minutes": 45, "explained": back % 2 > 0}
                    db.session.add(LessonNote(pupil_id=pupil, type_id=kind.id, **missed))
            for number, value in enumerate(("10", "4", "8½")):
                day = today - timedelta(days=1 + 32 * number)
                exam = {"scale": "4-10", "kind": "exam", "day": day, "value": value}
                db.session.add(Grade(pupil_id=pupil, subject=SUBJECT, **exam))
        db.session.commit()


def looked_up(app: Flask, name: str = "") -> str:
    """Open the first pupil of the list, or the one so named; return the look-up's address."""
    client = client_of(app, "kuraattori")
    cards = page_of(client, next(links(page_of(client), "/welfare/"))).ours.all("a")
    named = [e.attributes["href"] for e in cards if name in e.text]
    path = next(address for address in named if "/pupils/" in address)
    page = page_of(client, path)
    purpose = next(e for e in page.ours.all("input") if e.attributes.get("type") == "radio")
    answer = press(client, page, path, purpose=purpose.attributes["value"])
    return str(answer.headers["Location"])


def enabled_some(app: Flask, search: str = "") -> str:
    """Enable the first who waits; return the run's address."""
    client = client_of(app, "sihteeri")
    page = page_of(client, next(links(page_of(client), "/secretary/")).split("?")[0] + search)
    box = next(e for e in page.ours.all("input") if e.attributes.get("name") == "pupil")
    run = start(client, review(client, "", page, box.attributes["value"]))
    drive(client, run)
    return run


def drafted(app: Flask) -> None:
    """Begin a new version of the consent form."""
    client = client_of(app, "paakayttaja")
    overview = next(links(page_of(client), "/consent-form/"))
    path = next(links(page_of(client, overview), "/start"))
    answer = press(client, page_of(client, path), "/start")
    assert answer.status_code == 303, answer.text


def disagreed(app: Flask) -> str:
    """Let one guardian say yes and the other no, and enable somebody; return the run's address."""
    answered(app)
    answered(app, "no", "huoltaja2")
    return enabled_some(app)


def enabled_for_elli(app: Flask) -> str:
    """Answer and enable for Elli, open her data; return the look-up's address."""
    answered(app)
    enabled_some(app, "?search=Virtanen+Elli")
    return looked_up(app, "Virtanen Elli")


def withdrawn(app: Flask, username: str = "huoltaja") -> None:
    """Take the answer about Elli back."""
    client = client_of(app, username)
    answer = press(client, page_of_elli(client), "/withdraw")
    assert answer.status_code == 303, answer.text
