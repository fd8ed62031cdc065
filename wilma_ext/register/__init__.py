"""The border to the host: what a pupil, a guardian, a lesson note and a grade are."""

from wilma_ext.register.category import Category, CategoryColumn, Labels, NoteType, Sensitivity
from wilma_ext.register.columns import CONTRACT, CONTRACT_VERSION, OPTIONAL_SELECTS, Column, Kind
from wilma_ext.register.school import SchoolRegister

__all__ = [
    "CONTRACT",
    "CONTRACT_VERSION",
    "OPTIONAL_SELECTS",
    "Category",
    "CategoryColumn",
    "Column",
    "Kind",
    "Labels",
    "NoteType",
    "SchoolRegister",
    "Sensitivity",
]
