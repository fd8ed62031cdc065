"""The data categories that this host can show."""

from wilma_ext.register import SchoolRegister


def shown_categories(register: SchoolRegister) -> tuple[str, ...]:
    """Return the keys of the categories for which the host gives data, in page order."""
    fixed = [("absences", register.lesson_notes), ("grades", register.grades)]
    keys = [key for key, given in fixed if given is not None]
    return (*keys, *(category.key for category in register.categories))
