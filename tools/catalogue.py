"""Keep the catalogues in step with the texts of the code and the templates.

`python -m tools.catalogue update` adds new texts and removes those that are gone; `check` tells
what a translator still has to do. Without file names both treat the catalogues of the package.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "wilma_ext"
OWN = tuple(PACKAGE / "translations" / f"{code}.po" for code in ("fi", "sv"))

METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
#: `silent`: a template that cannot be read is an error here too.
OPTIONS = {"templates/**.html": {"silent": "false"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%|%")


def template(package: Path = PACKAGE) -> Catalog:
    """Return all texts of the package."""
    found = Catalog(charset="utf-8")
    texts = extract_from_dir(package, METHODS, OPTIONS, KEYWORDS)
    for _, _, text, _, _ in texts:
        found.add(text)
    return found


def read(path: Path) -> Catalog:
    """Return the catalogue; one that is not there yet is empty."""
    language = path.stem
    start = HEADER.format(language=language, plural=get_plural(language).plural_forms)
    po = path.read_bytes() if path.exists() else start.encode()
    return read_po(BytesIO(po), locale=language)


def update(path: Path, texts: Catalog) -> None:
    """Bring the file up to the texts; its translations stay."""
    catalogue = read(path)
    catalogue.update(texts, no_fuzzy_matching=True)
    body = BytesIO()
    write_po(
        body,
        catalogue,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    header = HEADER.format(language=path.stem, plural=catalogue.plural_forms)
    path.write_text(header + body.getvalue().decode().strip("\n") + "\n", encoding="utf-8")


def problems(path: Path, texts: Catalog) -> Iterator[str]:
    """Name everything that would show on a page as a gap or as a mistake."""
    catalogue = read(path)
    for text in texts:
        if text.id:
            name = text.id[0] if text.pluralizable else text.id
            for problem in _faults(text, catalogue.get(name), catalogue.num_plurals):
                yield f"{path.name}: {problem}: {name!r}"


def _faults(text: Message, found: Message | None, plurals: int) -> Iterator[str]:
    if found is None:
        yield "missing"
        return
    if found.fuzzy:
        yield "fuzzy"
    originals, forms = _strings(text.id), _strings(found.string)
    if not any(forms):
        yield "untranslated"
        return
    if len(forms) != (plurals if text.pluralizable else 1) or not all(forms):
        yield "plural forms missing"
    written = [form for form in forms if form]
    if any(_placeholders(form) not in map(_placeholders, originals) for form in written):
        yield "other placeholders"
    if any(_edges(form) != _edges(originals[0]) for form in written):
        yield "other space at the beginning or the end"


def _strings(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _placeholders(text: str) -> set[str]:
    """Return the placeholders, in whatever order; a lone `%` counts, it would break the text."""
    return {found.group() for found in PLACEHOLDER.finditer(text)}


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["update", *names]:
            texts = template()
            for path in [Path(name) for name in names] or OWN:
                update(path, texts)
            return 0
        case ["check", *names]:
            texts = template()
            paths = [Path(name) for name in names] or OWN
            found = [problem for path in paths for problem in problems(path, texts)]
            print("\n".join(found) or f"{len(texts)} texts, every catalogue is complete")
            return bool(found)
    print("usage: python -m tools.catalogue update|check [FILE.po ...]", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
