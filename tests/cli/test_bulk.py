"""`flask wilma-ext bulk ...`: a run that a closed browser left behind is gone on with (S7)."""

from datetime import timedelta

from sqlalchemy import select

from tests.cli.host import IDS, Host
from wilma_ext.models import AuditEvent, BulkRun
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.desk.bulk_run import RunKind, chosen_in
from wilma_ext.rights.desk.bulk_start import Start, start_run
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.state import current_state

PROVIDER = ("--provider", IDS.tenant)


def left_behind(host: Host) -> str:
    with host.app.app_context(), current_state.work() as work:
        group = groups_of(work, IDS.tenant)[0].id
    chosen = chosen_in("", [IDS.house])
    start = Start("a-run-left-behind", IDS.tenant, group, RunKind.ENABLE, chosen)
    with host.app.app_context(), current_state.work() as work:
        actor = Actor(IDS.secretary, "secretary")
        return start_run(work, actor=actor, start=start, pupils={IDS.pupil: None, IDS.alone: None})


def test_the_tick_finishes_what_nobody_drives_any_more(used: Host) -> None:
    run = left_behind(used)
    assert used.document("tick")[0]["runs_finished"] == 0  # somebody may still watch it
    with used.app.app_context(), current_state.work() as work:
        row = work.session.get_one(BulkRun, run)
        row.created_at -= timedelta(hours=1)
    assert used.document("tick")[0]["runs_finished"] == 1
    (listed,) = used.document("bulk", "list", *PROVIDER)
    assert listed["state"] == "finished"
    assert used.document("tick")[0]["runs_finished"] == 0


def test_a_run_is_gone_on_with(used: Host) -> None:
    assert used.document("bulk", "list", *PROVIDER) == []
    run = left_behind(used)
    (listed,) = used.document("bulk", "list", *PROVIDER)
    assert (listed["run"], listed["state"], listed["total"]) == (run, "running", 2)
    told = used.document("bulk", "run", *PROVIDER, "--as", "Aino", run)
    assert told["state"] == "finished"
    assert told["done"] + told["already"] + told["skipped"] == 2
    with used.app.app_context(), current_state.work() as work:
        by = work.session.scalars(
            select(AuditEvent.actor_ref).where(AuditEvent.event == "bulk_run:finished")
        ).all()
    assert by == ["operator:Aino"]
    assert used.document("bulk", "run", *PROVIDER, "--as", "Aino", run)["state"] == "finished"
