"""Check that every link between the project's documents leads somewhere."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def prose(document: Path) -> str:
    return FENCE.sub("", document.read_text(encoding="utf-8"))


def anchors(document: Path) -> set[str]:
    """Return the anchors that a reader's browser makes of the headings."""
    words = (re.sub(r"[^\w\- ]", "", h.lower()) for h in HEADING.findall(prose(document)))
    return {heading.replace(" ", "-") for heading in words}


def broken(document: Path) -> Iterator[str]:
    for link in LINK.findall(prose(document)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists():
            yield f"{document.relative_to(ROOT)}: {link} is not there"
        elif anchor and anchor not in anchors(target):
            yield f"{document.relative_to(ROOT)}: {link} has no such heading"


def main() -> int:
    found = [problem for document in documents() for problem in broken(document)]
    print("\n".join(found) or f"{len(documents())} documents, every link leads somewhere")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
