"""The doctor: examines a deployment and says in words what is wrong and what to do (D2)."""

from wilma_ext.doctor.examination import examine
from wilma_ext.doctor.finding import Finding, Level
from wilma_ext.doctor.report import Report

__all__ = ["Finding", "Level", "Report", "examine"]
