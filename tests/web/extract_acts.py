"""What leads to a log extract: look-ups made in the browser, and the family's page asked for."""

import re

from tests.web.desk import IDS, Desk
from tests.web.html import Document, linted
from tests.web.sending import sent_with

#: What differs between two answers about the same: tokens of forms.
PASSING = re.compile(r'(?<=value=")[^"]{40,}(?=")')
SELF_SERVICE = {"log_extract": "self_service"}


def look_up(
    desk: Desk,
    purpose: str = "attendance_concern",
    person: str = IDS.kuraattori,
    **stated: str,
) -> str:
    """Open the pupil and see the data; return the address of the look-up."""
    client, url = desk.client(person), desk.pupil_url(person=person)
    sent = sent_with(client.get(url), purpose=purpose, **stated)
    answer = client.post(url, data=sent)
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).status_code == 200
    return str(answer.headers["Location"])


def child_url(desk: Desk, pupil: str = IDS.pupil, tenant: str = IDS.tenant) -> str:
    return f"{desk.url}/guardian/{desk.handle(pupil, tenant)}/"


def extract_url(desk: Desk, pupil: str = IDS.pupil, tenant: str = IDS.tenant) -> str:
    return f"{child_url(desk, pupil, tenant)}log-extract"


def extract(
    desk: Desk, person: str = IDS.guardian1, pupil: str = IDS.pupil, language: str = "en"
) -> Document:
    return linted(desk.client(person, language).get(extract_url(desk, pupil)))


def rows(page: Document) -> list[list[str]]:
    """Return the lines of the table, cell by cell."""
    return [
        [cell.text for cell in line.all("th", "td")]
        for body in page.ours.all("tbody")
        for line in body.all("tr")
    ]


def purposes(page: Document) -> list[str]:
    return [line[3] for line in rows(page)]


def shown_to(desk: Desk, person: str, *urls: str) -> list[tuple[int, str]]:
    """Return what the person gets at the addresses, without what passes."""
    client = desk.client(person)
    answers = [client.get(url) for url in urls]
    return [(answer.status_code, PASSING.sub("·", answer.text)) for answer in answers]
