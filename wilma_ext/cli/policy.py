"""`policy show|set|history`: what the municipality has decided (P1-P28, design D17)."""

from typing import Any

import click
from flask.cli import AppGroup

from wilma_ext.cli.failure import NotUnderstood
from wilma_ext.cli.operator import operator_option
from wilma_ext.cli.output import iso, json_option, show
from wilma_ext.cli.policy_effect import (
    NOTHING_DIFFERS,
    change_lines,
    effect_document,
    effect_lines,
    told_changes,
)
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.policy.choice import choices_of, word_of
from wilma_ext.rights.policy.effect import policy_effect
from wilma_ext.rights.policy.policy import (
    Policy,
    PolicyAct,
    changed_choices,
    policy_at,
    policy_history,
    set_policy,
)
from wilma_ext.state import current_state

policy = AppGroup("policy", help="The provider's choices: shown, changed, and how they were.")
_PROVIDER = click.option("--provider", "ref", required=True, metavar="REF", help="The provider.")


@policy.command("show")
@_PROVIDER
@json_option
def show_policy(ref: str, as_json: bool) -> None:
    """Print the policy in force."""
    with current_state.work() as work:
        found = policy_at(work, ref, work.now())
    words = _words(found)
    show(words, "\n".join(f"{key}: {word}" for key, word in words.items()), as_json=as_json)


@policy.command("set")
@_PROVIDER
@operator_option
@click.argument("choices", nargs=-1, required=True, metavar="KEY=WORD...")
@click.option("--dry-run", is_flag=True, help="Tell what it would do, and save nothing.")
@json_option
def change_policy(
    ref: str, operator: Actor, choices: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Publish a new version with the choices changed; in force at once.

    What narrows counts at once for everybody; what widens only for answers given after it.
    """
    changes = choices_of(dict(_split(choice) for choice in choices))
    if dry_run:
        with current_state.work() as work:
            effect = policy_effect(work, current_state.register, provider_ref=ref, changes=changes)
        show(effect_document(effect), "\n".join(effect_lines(effect)), as_json=as_json)
        return
    with current_state.work() as work:
        work.lock_provider(ref, exclusive=True)
        before = policy_at(work, ref, work.now())
        after = set_policy(work, actor=operator, provider_ref=ref, changes=changes)
    told = told_changes(changed_choices(before, after))
    show(told, "\n".join(change_lines(told)) or NOTHING_DIFFERS, as_json=as_json)


@policy.command("history")
@_PROVIDER
@json_option
def tell_history(ref: str, as_json: bool) -> None:
    """Print every version, the newest first, with what it changed."""
    with current_state.work() as work:
        policy_at(work, ref, work.now())
        acts = policy_history(work, ref)
    document = [_told(act, older) for act, older in zip(acts, [*acts[1:], None], strict=True)]
    lines = [
        f"version {item['version']}, {item['from']}, {item['by']}: {_changes(item['changed'])}"
        for item in document
    ]
    show(document, "\n".join(lines), as_json=as_json)


def _split(choice: str) -> tuple[str, str]:
    key, found, word = choice.partition("=")
    if not found:
        raise NotUnderstood(f"{choice[:40]!r} is not of the form KEY=WORD")
    return key, word


def _words(found: Policy) -> dict[str, str]:
    return {key: word_of(getattr(found, key)) for key in Policy.__dataclass_fields__}


def _told(act: PolicyAct, older: PolicyAct | None) -> dict[str, Any]:
    changed = changed_choices(older.policy, act.policy) if older else {}
    return {
        "version": act.version,
        "from": iso(act.valid_from),
        "by": act.decided_by,
        "changed": {key: word_of(new) for key, (_, new) in changed.items()},
    }


def _changes(changed: dict[str, str]) -> str:
    return ", ".join(f"{key}={word}" for key, word in changed.items()) or "the beginning"
