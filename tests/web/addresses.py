"""Every address of the plugin, filled in for whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.routing import Rule

from tests.web.desk import COUNTY, IDS, OPERATOR, Desk
from wilma_ext.rights.welfare.membership import start_membership
from wilma_ext.vocabulary import Profession

UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"
ACTS = frozenset(["GET", "POST"])
#: Area -> who belongs there in the desk's world.
PEOPLE: Mapping[str, str] = {
    "guardian": IDS.guardian1,
    "secretary": IDS.secretary,
    "welfare": IDS.kuraattori,
    "matrix": IDS.main_user,
    "policy": IDS.main_user,
    "consent_form": IDS.main_user,
    "decider": IDS.main_user,
    "note_type": IDS.main_user,
    "hand_off": IDS.main_user,
    "oversight": IDS.officer,
}


@dataclass(frozen=True)
class Address:
    """A route of the plugin with its methods and the names in its URL."""

    endpoint: str
    pattern: str
    methods: frozenset[str]
    names: frozenset[str]

    @property
    def area(self) -> str:
        """The child blueprint, or nothing for a page of everybody."""
        parts = self.endpoint.split(".")
        return parts[1] if len(parts) == 3 else ""

    def filled(self, values: Mapping[str, str]) -> str:
        url = self.pattern
        for name in self.names:
            url = url.replace(f"<{name}>", values[name])
        return url


def addresses(desk: Desk) -> list[Address]:
    """Return every route of the plugin but its static files."""
    rules = [r for r in desk.app.url_map.iter_rules() if r.endpoint.startswith("wilma_ext.")]
    return sorted(
        (_address(rule) for rule in rules if not rule.endpoint.endswith(".static")),
        key=lambda address: (address.pattern, sorted(address.methods)),
    )


def _address(rule: Rule) -> Address:
    pattern = rule.rule
    for converter in ("int:", "path:", "string:"):
        pattern = pattern.replace(converter, "")
    methods = frozenset(rule.methods or ()) & ACTS
    return Address(rule.endpoint, pattern, methods, frozenset(rule.arguments))


def own_values(desk: Desk, area: str) -> dict[str, str]:
    """Return what stands in the URLs of somebody who belongs to the area."""
    handle = desk.handle(IDS.pupil)
    return {
        "provider": desk.provider(),
        "group": desk.group(),
        "membership": desk.membership(IDS.kuraattori),
        "pupil": handle,
        "handle": handle,
        "answer": UNKNOWN,
        "run": UNKNOWN,
        "look_up": UNKNOWN,
        "sequence": "1",
        "code": "sv",
        "role": "pupil",
        "subject": "mode",
        "county": COUNTY,
        "language": "fi",
        "version": "1",
        "decision": UNKNOWN,
        "unknown": "no/such/page",
    }


def foreign_values(desk: Desk, area: str) -> dict[str, str]:
    """Return existing handles of the other provider and of other people."""
    colleague = IDS.psykologi if area == "welfare" else IDS.strangers_guardian
    other = desk.handle(IDS.stranger, IDS.other_tenant)
    return {
        "provider": desk.provider(IDS.other_tenant),
        "group": desk.group(IDS.other_tenant),
        "membership": desk.membership(colleague),
        "pupil": other,
        "handle": other,
    }


def add_foreign_member(desk: Desk) -> None:
    """Let the other provider have a member of its own."""
    group = desk.group(IDS.other_tenant)
    with desk.work() as work:
        start_membership(
            work,
            desk.state.register,
            actor=OPERATOR,
            provider_ref=IDS.other_tenant,
            group_id=group,
            person_ref=IDS.strangers_guardian,
            profession=Profession.KURAATTORI,
            school_refs=(IDS.other_tenants_house,),
        )


def unknown_values(names: frozenset[str]) -> dict[str, str]:
    return {name: "999999" if name == "sequence" else UNKNOWN for name in names}
