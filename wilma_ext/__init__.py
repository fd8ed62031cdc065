"""Consent, a welfare-area group and a rights matrix for a school system that already exists.

What happens to a consent is told to the host by `wilma_ext.signals`: `answer_recorded`,
`consent_ended` and `consent_conflict`.
"""

from wilma_ext.extension import WilmaExt, exempt_from_csrf
from wilma_ext.migrate import hide_from_host
from wilma_ext.register import Category, CategoryColumn, Labels, NoteType, SchoolRegister

__all__ = [
    "Category",
    "CategoryColumn",
    "Labels",
    "NoteType",
    "SchoolRegister",
    "WilmaExt",
    "exempt_from_csrf",
    "hide_from_host",
]
__version__ = "0.1.0"
