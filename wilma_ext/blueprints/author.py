"""Who did something, in words: a person of the register, an operator, or the service itself.

A reference of the host never stands in their place: it may be an e-mail or an identity number.
"""

from collections.abc import Mapping

from wilma_ext.blueprints.label import role_label
from wilma_ext.blueprints.visit import gettext

_OPERATOR, _SYSTEM = "operator:", "system"


def author_name(ref: str, names: Mapping[str, str]) -> str:
    """Return who it was; an operator has a name of the command line only."""
    if ref == _SYSTEM:
        return role_label(_SYSTEM)
    if ref.startswith(_OPERATOR):
        return gettext("%(name)s (operator)", name=ref.removeprefix(_OPERATOR))
    return names.get(ref) or gettext("Unknown to the school system")
