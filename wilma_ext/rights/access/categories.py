"""The data categories that this host can show."""

from wilma_ext.register import SchoolRegister, Sensitivity


def shown_categories(register: SchoolRegister) -> tuple[str, ...]:
    """Return the keys of the categories for which the host gives data, in page order."""
    fixed = [("absences", register.lesson_notes), ("grades", register.grades)]
    keys = [key for key, given in fixed if given is not None]
    return (*keys, *(category.key for category in register.categories))


def has_reasons(register: SchoolRegister, key: str) -> bool:
    """Tell whether the category has columns of reasons, shown only at that level of detail."""
    return any(
        column.sensitivity == Sensitivity.REASON
        for category in register.categories
        if category.key == key
        for column in category.columns
    )
