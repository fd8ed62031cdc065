"""Who decided something, in words: a person of the register, or an operator of the service."""

from collections.abc import Mapping

from wilma_ext.blueprints.visit import gettext

_OPERATOR = "operator:"


def author_name(ref: str, names: Mapping[str, str]) -> str:
    """Return who decided; an operator has a name of the command line only."""
    if ref.startswith(_OPERATOR):
        return gettext("%(name)s (operator)", name=ref.removeprefix(_OPERATOR))
    return names.get(ref) or gettext("Unknown to the school system")
