"""Everything the doctor found in one examination."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from wilma_ext.doctor.finding import Finding, Level


@dataclass(frozen=True)
class Report:
    """The findings in the order in which they were made, and the rows counted on the way."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; warnings are not."""
        return all(finding.level != Level.ERROR for finding in self.findings)

    def tally(self) -> dict[str, int]:
        """Return how many findings there are of each level."""
        levels = Counter(finding.level for finding in self.findings)
        return {level.value: levels[level] for level in Level}

    def document(self) -> dict[str, object]:
        """Return the report as it stands in JSON."""
        return {
            "ok": self.ok,
            "findings": [finding.document() for finding in self.findings],
            "counts": dict(self.counts),
        }
