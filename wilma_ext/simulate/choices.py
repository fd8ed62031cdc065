"""The policy of a world: its words typed, the rest the default."""

from collections.abc import Mapping
from typing import Any

from wilma_ext.errors import Invalid
from wilma_ext.rights.policy.choice import choices_of
from wilma_ext.rights.policy.policy import Policy, check_policy
from wilma_ext.simulate.document import WorldError


def policy_of(words: Mapping[str, Any]) -> Policy:
    """Return the policy that the words of a world give; the rest is the default."""
    try:
        policy = Policy(**choices_of(words))
        check_policy(policy)
    except Invalid as error:
        unknown = error.code == "policy_key"
        message = (
            "Unknown field." if unknown else f"not a value of this key: {words.get(error.field)}"
        )
        raise WorldError((("policy", error.field), message)) from error
    return policy
