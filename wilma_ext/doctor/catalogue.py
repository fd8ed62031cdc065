"""The catalogues of words: is every language complete (D14)."""

import io
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from wilma_ext.doctor.finding import Finding, counted, error, listed, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.language import SOURCE


def catalogue_findings(patient: Patient) -> Iterator[Finding]:
    """Compare each language with the template of messages, or with all other languages."""
    settings = patient.state.settings
    rooms = [Path(str(files("wilma_ext") / "translations"))]
    rooms += [Path(settings.translations)] if settings.translations else []
    found = {code: _catalogue(rooms, code) for code in settings.languages}
    wanted = _messages(rooms[0], [one for one in found.values() if one is not None])
    for code, catalogue in found.items():
        yield _compared(code, catalogue, wanted)


def _catalogue(rooms: list[Path], code: str) -> Catalog | None:
    for room in rooms:
        path = room / f"{code}.po"
        if path.is_file():
            return read_po(io.BytesIO(path.read_bytes()), locale=code)
    return None


def _messages(room: Path, catalogues: list[Catalog]) -> set[str]:
    templates = [read_po(io.BytesIO(path.read_bytes())) for path in sorted(room.glob("*.pot"))]
    return {key for one in templates or catalogues for key in _keys(one)}


def _keys(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if message.id:
            yield _key(message.id)


def _compared(code: str, catalogue: Catalog | None, wanted: set[str]) -> Finding:
    subject = f"language {code}"
    if catalogue is None:
        if code == SOURCE:
            return ok("catalogue", subject, "the messages are written in it")
        advice = "Put it beside the others, or take the language out of WILMA_EXT_LANGUAGES."
        return error("catalogue_missing", subject, f"there is no catalogue {code}.po", advice)
    done = {_key(message.id) for message in catalogue if message.id and _is_done(message)}
    missing = sorted(wanted - done)
    if missing and code != SOURCE:
        message = f"{counted(len(missing), 'message is', 'messages are')} not translated: "
        message += listed([repr(text) for text in missing], 3)
        return warning("catalogue_gaps", subject, message, f"Complete {code}.po.")
    return ok("catalogue", subject, f"{counted(len(wanted), 'message')}, all translated")


def _key(message_id: str | Sequence[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _is_done(message: Message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(texts) and all(texts) and not message.fuzzy
