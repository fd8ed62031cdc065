"""The client as a lint: an HTML answer is parsed, and what a browser would forgive is a fault."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

VOID = frozenset(
    ["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
#: What nobody types into; a button carries its name as its text.
UNLABELLED = frozenset(["hidden", "submit", "button", "image", "reset"])
LINKS = ("href", "src", "action", "formaction", "poster", "data")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers")
#: Traces of a template or a translation that was not filled in.
UNFILLED = ("{{", "{%", "%(", "LazyProxy", "Undefined", "None,", "&lt;span")


@dataclass(eq=False)
class Element:
    """An element with its attributes and children."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = [c if isinstance(c, str) else c.text for c in self.children]
        return " ".join(" ".join(parts).split())

    def all(self, *tags: str) -> Iterator["Element"]:
        """Yield the elements below, with one of the tags where any is given."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def above(self, tag: str) -> "Element | None":
        """Return the nearest ancestor with the tag."""
        found = self.parent
        while found is not None and found.tag != tag:
            found = found.parent
        return found

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class Document(HTMLParser):
    """A parsed page, and what is wrong with its nesting."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.root = self._open = Element("document")
        self.problems: list[str] = []
        self.feed(markup)
        self.close()
        if self._open is not self.root:
            self.problems.append(f"<{self._open.tag}> is not closed")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.problems += [f"<{tag}> has {n} twice" for n, c in Counter(names).items() if c > 1]
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open.tag != tag or self._open.parent is None:
            self.problems.append(f"</{tag}> closes <{self._open.tag}>")
            return
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)

    def all(self, *tags: str) -> list[Element]:
        return list(self.root.all(*tags))

    def one(self, tag: str) -> Element:
        (found,) = self.all(tag)
        return found

    def by_class(self, name: str) -> list[Element]:
        return [element for element in self.all() if element.has_class(name)]

    @property
    def ours(self) -> Element:
        """The part of the page that is the plugin's."""
        return next(e for e in self.all("div") if e.has_class("wilma-ext"))

    @property
    def fields(self) -> dict[str, str]:
        """What a browser would send unasked: hidden fields and what is chosen already."""
        return {
            e.attributes.get("name", ""): e.attributes.get("value", "")
            for e in self.ours.all("input")
            if e.attributes.get("type") == "hidden" or "checked" in e.attributes
        }


def faults(markup: str) -> list[str]:
    """Return everything that is wrong with a page, in words."""
    page = Document(markup)
    checks = (_head, _identity, _labels, _names, _forms, _inline, _addresses, _texts)
    return [*page.problems, *(problem for check in checks for problem in check(page))]


def linted(answer: TestResponse, status: int = 200) -> Document:
    """Return the parsed page of the answer; fails with every fault found."""
    assert answer.status_code == status, (answer.status, answer.headers.get("Location"))
    assert answer.mimetype == "text/html"
    assert not (found := faults(answer.text)), found
    return Document(answer.text)


def _head(page: Document) -> Iterator[str]:
    for tag, wanted in (("title", 1), ("h1", 1), ("main", 1)):
        found = [element for element in page.all(tag) if not element.above("svg")]
        if len(found) != wanted:
            yield f"{len(found)} <{tag}>"
        yield from (f"<{tag}> is empty" for element in found if not element.text)
    if not all(element.attributes.get("lang") for element in page.all("html")):
        yield "<html> has no lang"
    roots = [e for e in page.all("div") if e.has_class("wilma-ext")]
    for root in roots:
        if not root.attributes.get("lang") or root.attributes.get("dir") not in ("ltr", "rtl"):
            yield "our part has no lang or dir"
    yield from (f'lang=""  on <{e.tag}>' for e in page.all() if e.attributes.get("lang") == "")


def _identity(page: Document) -> Iterator[str]:
    ids = Counter(e.attributes["id"] for e in page.all() if "id" in e.attributes)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in page.all():
        targets = [t for name in REFERENCES for t in element.attributes.get(name, "").split()]
        if (link := element.attributes.get("href", "")).startswith("#"):
            targets.append(link[1:])
        yield from (f"<{element.tag}> points to no {t!r}" for t in targets if t not in ids)


def _labels(page: Document) -> Iterator[str]:
    labels = {e.attributes.get("for", ""): e.text for e in page.all("label")}
    for control in page.all("input", "select", "textarea"):
        kind, name = control.attributes.get("type", "text"), control.attributes.get("name", "")
        if kind in UNLABELLED:
            continue
        spoken = labels.get(control.attributes.get("id", "")) or (
            control.attributes.get("aria-label") or control.attributes.get("aria-labelledby")
        )
        if not spoken:
            yield f"field {name!r} has no label"
        if kind == "radio" and _legend(control) == "":
            yield f"radio {name!r} has no legend"


def _legend(control: Element) -> str:
    fieldset = control.above("fieldset")
    return next((e.text for e in fieldset.all("legend")), "") if fieldset else ""


def _names(page: Document) -> Iterator[str]:
    for element in page.all("a", "button"):
        if not (element.text or element.attributes.get("aria-label")):
            yield f"<{element.tag}> has no name"
    yield from ("<img> without alt" for e in page.all("img") if "alt" not in e.attributes)
    yield from (f"<th> {e.text!r} has no scope" for e in page.all("th") if not _scoped(e))
    for table in page.all("table"):
        if table.above("div") and _is_ours(table) and not any(True for _ in table.all("caption")):
            yield "a table has no caption"


def _scoped(header: Element) -> bool:
    return header.attributes.get("scope") in ("col", "row", "colgroup", "rowgroup")


def _is_ours(element: Element) -> bool:
    found: Element | None = element
    while found is not None and not found.has_class("wilma-ext"):
        found = found.parent
    return found is not None


def _forms(page: Document) -> Iterator[str]:
    for form in page.all("form"):
        if form.above("form"):
            yield "a form stands in a form"
        if form.attributes.get("method", "get").lower() != "post":
            continue
        hidden = {e.attributes.get("name") for e in form.all("input") if e.attributes.get("value")}
        if not hidden & {"token", "csrf_token"}:
            yield f"form to {form.attributes.get('action')!r} has no token"
        if not form.attributes.get("action"):
            yield "a form has no action"
        if not any(e.attributes.get("type", "submit") == "submit" for e in form.all("button")):
            yield f"form to {form.attributes.get('action')!r} has no button"


def _inline(page: Document) -> Iterator[str]:
    for element in page.all():
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield f"<{element.tag}> has {name}"
        if element.tag == "style" or (
            element.tag == "script" and not element.attributes.get("src")
        ):
            yield f"<{element.tag}> stands inline"


def _addresses(page: Document) -> Iterator[str]:
    for element in page.all():
        for name in LINKS:
            parts = urlsplit(element.attributes.get(name, ""))
            # A link of the county's own is followed by a person, loads nothing, tells nothing.
            chosen = element.tag == "a" and element.attributes.get("rel") == "noreferrer"
            if chosen and parts.scheme == "https":
                continue
            if parts.netloc or parts.scheme not in ("", "mailto", "tel"):
                yield f"<{element.tag}> leads away: {element.attributes[name]}"


def _texts(page: Document) -> Iterator[str]:
    words = page.root.text
    yield from (f"{trace!r} in the text" for trace in UNFILLED if trace in words)
