"""The order of an examination; one check that breaks is a finding, and the others go on."""

from collections.abc import Callable, Iterable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from wilma_ext.doctor.catalogue import catalogue_findings
from wilma_ext.doctor.chain import chain_findings
from wilma_ext.doctor.count import count_findings
from wilma_ext.doctor.database import database_findings
from wilma_ext.doctor.family import family_findings
from wilma_ext.doctor.finding import Finding, error
from wilma_ext.doctor.link import link_findings
from wilma_ext.doctor.patient import Patient
from wilma_ext.doctor.plan import plan_findings
from wilma_ext.doctor.provider import provider_findings
from wilma_ext.doctor.register import register_findings
from wilma_ext.doctor.report import Report
from wilma_ext.doctor.sample import sample_findings
from wilma_ext.doctor.schema import schema_findings
from wilma_ext.doctor.settings import settings_findings
from wilma_ext.doctor.template import template_findings
from wilma_ext.doctor.tick import tick_findings
from wilma_ext.doctor.word import word_findings
from wilma_ext.errors import WilmaExtError
from wilma_ext.register.contract import breaches_of
from wilma_ext.state import State

Check = Callable[[Patient], Iterable[Finding]]


def _sound(check: Check) -> Check:
    """Leave the check out while columns are missing, which is a finding already."""
    return lambda patient: () if breaches_of(patient.register) else check(patient)


CHECKS: tuple[tuple[str, Check], ...] = (
    ("settings", settings_findings),
    ("database", database_findings),
    ("schema", schema_findings),
    ("register", register_findings),
    ("register counts", count_findings),
    ("register values", sample_findings),
    ("register references", link_findings),
    ("register words", _sound(word_findings)),
    ("families", _sound(family_findings)),
    ("statement plans", _sound(plan_findings)),
    ("providers", _sound(provider_findings)),
    ("audit log", chain_findings),
    ("periodic work", tick_findings),
    ("languages", catalogue_findings),
    ("template", template_findings),
)


def examine(app: Flask, state: State) -> Report:
    """Run every check and return what was found."""
    patient = Patient(app, state)
    findings = [finding for subject, check in CHECKS for finding in _run(subject, check, patient)]
    return Report(tuple(findings), patient.counts)


def _run(subject: str, check: Check, patient: Patient) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(check(patient))
    except (SQLAlchemyError, WilmaExtError) as problem:
        words = str(getattr(problem, "orig", None) or problem).strip().splitlines()
        advice = "Mend what the message names, and examine again: the check could not be made."
        found.append(error("check_broken", subject, words[0] if words else "", advice))
    return found
