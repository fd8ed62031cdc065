"""The provider's choices P1-P28, versioned and dated (D17); the cautious value is the default."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import PolicyVersion
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.rights.access.bound import AGES
from wilma_ext.rights.consent.validity import VALIDITIES, consent_end
from wilma_ext.vocabulary import STATUTORY_PROFESSIONS, Profession
from wilma_ext.work import Work


@dataclass(frozen=True)
class Policy:
    """One provider's choices; the keys are those of design section 4 and never change."""

    mode: str = "consent"
    decides: str = "any_guardian"
    joint_from_age: int | None = 15
    own_from_age: int = 18
    validity: str = "school_year"
    fixed_until: date | None = None
    activation: str = "manual"
    agreement_required: bool = False
    school_scope: str = "own"
    statutory_professions: tuple[Profession, ...] = field(default=(Profession.KURAATTORI,))
    on_school_move: str = "keep"
    on_custody_change: str = "suspend"
    on_material_change: str = "ask"
    look_up_minutes: int = 60
    necessity_text: bool = False
    log_extract: str = "on_request"
    paper_consent: bool = True
    four_eyes: bool = True

    @property
    def law_opens(self) -> tuple[Profession, ...]:
        """The professions to which the law opens data case by case (P1, P16)."""
        return self.statutory_professions if self.mode == "consent_and_statutory" else ()

    def consent_ends(self, given: datetime) -> datetime | None:
        """Return when a yes given at the instant ends (P4, design 4.6); None = open."""
        return consent_end(self.validity, self.fixed_until, given)


#: Key -> the words it may take.
WORDS: Mapping[str, tuple[str, ...]] = {
    "mode": ("consent", "off", "contact", "consent_and_statutory"),
    "decides": ("any_guardian", "all_guardians"),
    "validity": VALIDITIES,
    "activation": ("manual", "automatic"),
    "school_scope": ("own", "all"),
    "on_school_move": ("keep", "ask"),
    "on_custody_change": ("suspend", "keep"),
    "on_material_change": ("ask", "keep"),
    "log_extract": ("on_request", "off", "self_service"),
}


def check_policy(policy: Policy) -> None:
    """Refuse a policy with an unknown word, an impossible age or a fixed validity without a day."""
    for key, words in WORDS.items():
        if getattr(policy, key) not in words:
            raise Invalid("policy_word", key)
    if policy.own_from_age not in AGES:
        raise Invalid("policy_age", "own_from_age")
    if policy.joint_from_age is not None and policy.joint_from_age not in AGES:
        raise Invalid("policy_age", "joint_from_age")
    if any(profession not in STATUTORY_PROFESSIONS for profession in policy.statutory_professions):
        raise Invalid("policy_profession", "statutory_professions")
    if policy.validity == "fixed" and policy.fixed_until is None:
        raise Invalid("policy_fixed_until", "fixed_until")
    if not 5 <= policy.look_up_minutes <= 480:
        raise Invalid("policy_minutes", "look_up_minutes")


def policy_at(work: Work, provider_ref: str, at: datetime) -> Policy:
    """Return the policy in force; a provider without one is not known to the plugin."""
    return _of_row(_row_at(work, provider_ref, at))


def _row_at(work: Work, provider_ref: str, at: datetime) -> PolicyVersion:
    row = work.session.scalar(
        select(PolicyVersion).where(
            PolicyVersion.provider_ref == provider_ref,
            PolicyVersion.valid_from <= at,
            or_(PolicyVersion.valid_until.is_(None), PolicyVersion.valid_until > at),
        )
    )
    if row is None:
        raise NotFound("no such provider")
    return row


@dataclass(frozen=True)
class PolicyAct:
    """One version of a policy: since when, by whom, and what it chose."""

    version: int
    valid_from: datetime
    decided_by: str
    policy: Policy


def policy_act_at(work: Work, provider_ref: str, at: datetime) -> PolicyAct:
    """Return the version in force, with its author."""
    return _act(_row_at(work, provider_ref, at))


def policy_history(work: Work, provider_ref: str) -> list[PolicyAct]:
    """Return every version of the provider's policy, the newest first."""
    rows = work.session.scalars(
        select(PolicyVersion)
        .where(PolicyVersion.provider_ref == provider_ref)
        .order_by(PolicyVersion.version.desc())
    )
    return [_act(row) for row in rows]


def _act(row: PolicyVersion) -> PolicyAct:
    return PolicyAct(row.version, row.valid_from, row.decided_by, _of_row(row))


def changed_choices(before: Policy, after: Policy) -> dict[str, tuple[Any, Any]]:
    """Return the keys that differ, with the value before and after."""
    old, new = asdict(before), asdict(after)
    return {key: (old[key], new[key]) for key in new if old[key] != new[key]}


def changed_policy(before: Policy, changes: Mapping[str, Any], at: datetime) -> Policy:
    """Return the policy with the changes; what cannot be decided at the instant is `Invalid`.

    A fixed last day that is over would end every consent at the moment it is given.
    """
    unknown = sorted(changes.keys() - {item.name for item in fields(Policy)})
    if unknown:
        raise Invalid("policy_key", unknown[0])
    after = replace(before, **changes)
    check_policy(after)
    if changed_choices(before, after).keys() & {"validity", "fixed_until"}:
        end = after.consent_ends(at)
        if end is not None and end <= at:
            raise Invalid("policy_day_over", "fixed_until")
    return after


def set_policy(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    changes: Mapping[str, Any],
    based_on: int | None = None,
) -> Policy:
    """Publish a new version with the changes, in force from now on; none if nothing differs.

    With `based_on`, a version published in between is a `Conflict`.
    """
    work.lock_provider(provider_ref, exclusive=True)
    at = work.now()
    act = policy_act_at(work, provider_ref, at)
    if based_on not in (None, act.version):
        raise Conflict("the policy has been changed by somebody else")
    after = changed_policy(act.policy, changes, at)
    if after != act.policy:
        _publish(work, actor, provider_ref, act.policy, after)
    return after


def first_policy(work: Work, *, actor: Actor, provider_ref: str, policy: Policy) -> None:
    """Publish a new provider's first version."""
    _publish(work, actor, provider_ref, None, policy)


def _publish(
    work: Work, actor: Actor, provider_ref: str, before: Policy | None, after: Policy
) -> None:
    check_policy(after)
    version = store_policy(work, provider_ref, after, decided_by=actor.ref)
    old = asdict(before) if before else {}
    changed = {
        key: _told(value) for key, value in asdict(after).items() if old.get(key, ...) != value
    }
    work.record(
        Recorded(
            provider_ref,
            Event.POLICY_CHANGED,
            actor,
            data={"version": version, "changed": changed},
        )
    )


def store_policy(work: Work, provider_ref: str, policy: Policy, *, decided_by: str) -> int:
    """Store a version in force from now on, and return its number; nothing is recorded of it."""
    at = work.now()
    last = select(func.max(PolicyVersion.version)).where(PolicyVersion.provider_ref == provider_ref)
    version = (work.session.scalar(last) or 0) + 1
    work.session.execute(
        update(PolicyVersion)
        .where(PolicyVersion.provider_ref == provider_ref, PolicyVersion.valid_until.is_(None))
        .values(valid_until=at)
    )
    row = PolicyVersion(
        provider_ref=provider_ref, version=version, valid_from=at, decided_by=decided_by
    )
    for key, value in _columns(policy).items():
        setattr(row, key, value)
    work.session.add(row)
    work.session.flush()
    return version


def _columns(policy: Policy) -> dict[str, Any]:
    values = {item.name: getattr(policy, item.name) for item in fields(Policy)}
    professions = values.pop("statutory_professions")
    values["statutory_kuraattori"] = Profession.KURAATTORI in professions
    values["statutory_psykologi"] = Profession.PSYKOLOGI in professions
    return values


def _of_row(row: PolicyVersion) -> Policy:
    professions = tuple(
        profession
        for profession, allowed in (
            (Profession.KURAATTORI, row.statutory_kuraattori),
            (Profession.PSYKOLOGI, row.statutory_psykologi),
        )
        if allowed
    )
    names = {item.name for item in fields(Policy)} - {"statutory_professions"}
    return Policy(statutory_professions=professions, **{name: getattr(row, name) for name in names})


def _told(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ",".join(str(item) for item in value)
    return str(value)
