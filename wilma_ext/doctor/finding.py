"""One thing that the doctor found."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whether something is in order, wants attention, or is wrong."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and what to do."""

    level: Level
    code: str
    subject: str
    message: str
    advice: str = ""

    def document(self) -> dict[str, str]:
        """Return the finding as it stands in JSON."""
        return {**asdict(self), "level": self.level.value}


def ok(code: str, subject: str, message: str) -> Finding:
    """Return a finding that something is in order."""
    return Finding(Level.OK, code, subject, message)


def warning(code: str, subject: str, message: str, advice: str) -> Finding:
    """Return a finding that wants attention."""
    return Finding(Level.WARNING, code, subject, message, advice)


def error(code: str, subject: str, message: str, advice: str) -> Finding:
    """Return a finding that something is wrong."""
    return Finding(Level.ERROR, code, subject, message, advice)


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def listed(values: list[str], most: int = 5) -> str:
    """Return the first few values with commas between, and how many more there are."""
    rest = len(values) - most
    return ", ".join(values[:most]) + (f" and {rest} more" if rest > 0 else "")
