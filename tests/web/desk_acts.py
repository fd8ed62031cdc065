"""What a secretary does on the desk with a browser: select, look through, start, drive."""

from typing import Any

from flask.testing import FlaskClient

from tests.web.html import Document, Element, linted


def form_with(page: Document, ending: str) -> Element:
    """Return the form of the page whose address ends so."""
    (found,) = [form for form in page.ours.all("form") if without_anchor(form).endswith(ending)]
    return found


def fields_of(form: Element) -> dict[str, Any]:
    """Return what a browser would send of this form alone; a name may come several times."""
    sent: dict[str, Any] = {}
    for field in form.all("input"):
        plain = field.attributes.get("type") == "hidden" or "checked" in field.attributes
        if plain and field.attributes.get("name"):
            sent.setdefault(field.attributes["name"], []).append(field.attributes.get("value", ""))
    return sent


def without_anchor(form: Any) -> str:
    """Return where the form is sent; where the page opens afterwards is the browser's business."""
    return str(form.attributes.get("action", "")).partition("#")[0]


def press(client: FlaskClient, page: Document, ending: str, **values: Any) -> Any:
    """Send the form of the page whose address ends so; return the answer."""
    form = form_with(page, ending)
    return client.post(without_anchor(form), data={**fields_of(form), **values})


def review(client: FlaskClient, url: str, page: Document, *handles: str) -> Document:
    """Look through a selection of the list; without handles what the page has selected."""
    values = {"pupil": list(handles)} if handles else {}
    return linted(press(client, page, "/review", **values))


def start(client: FlaskClient, looked: Document) -> str:
    """Press the button that starts the run; return the run's address."""
    answer = press(client, looked, "/runs/start")
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def drive(client: FlaskClient, url: str) -> Document:
    """Press the button until the run is over, as without a script."""
    for _ in range(100):
        page = linted(client.get(url))
        if not [f for f in page.ours.all("form") if f.attributes["action"].endswith("/go-on")]:
            return page
        assert press(client, page, "/go-on").status_code == 303
    raise AssertionError("the run does not end")


def enable_selected(client: FlaskClient, url: str, page: Document, *handles: str) -> Document:
    """Select, look through, start and wait; return the result."""
    return drive(client, start(client, review(client, url, page, *handles)))
