"""What a recorded decision on who decides must stand on, and until when it may be in force."""

from datetime import datetime

from wilma_ext.errors import Invalid


def require_grounds(reason: str, document: str) -> None:
    """Refuse a decision without a reason, or without the reference of its document."""
    for field, text in (("reason", reason), ("document", document)):
        if not text.strip():
            raise Invalid(f"decision_{field}", field)


def require_future(valid_until: datetime | None, at: datetime) -> None:
    """Refuse a decision that would have ended before it begins."""
    if valid_until is not None and valid_until <= at:
        raise Invalid("period_past", "valid_until")
