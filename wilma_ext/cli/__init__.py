"""The operator's interface: `flask wilma-ext ...` (design D18)."""

from wilma_ext.cli.audit import audit
from wilma_ext.cli.bulk import bulk
from wilma_ext.cli.database import database
from wilma_ext.cli.decider import decider
from wilma_ext.cli.doctor import doctor
from wilma_ext.cli.explain import explain
from wilma_ext.cli.failure import Commands
from wilma_ext.cli.policy import policy
from wilma_ext.cli.provider import provider
from wilma_ext.cli.reminder import reminder
from wilma_ext.cli.simulate import simulate_command
from wilma_ext.cli.tick import tick_command

__all__ = ["commands"]

commands = Commands("wilma-ext", help="Consent, welfare group and rights matrix: operation.")
for command in (
    *(database, provider, doctor, explain, audit, policy, simulate_command),
    *(reminder, tick_command, decider, bulk),
):
    commands.add_command(command)
