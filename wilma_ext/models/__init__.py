"""The plugin's own tables; every name starts with `wilma_ext_`."""

from wilma_ext.models.activation import Activation, ActivationPair
from wilma_ext.models.audit import AuditEvent, AuditHead, AuditLink
from wilma_ext.models.base import PREFIX, Base, Instant
from wilma_ext.models.bulk import BulkItem, BulkRun
from wilma_ext.models.change import KnownPupil, ObservedChange
from wilma_ext.models.consent import (
    Answer,
    AnswerChoice,
    AnswerDecider,
    CapacityDecision,
    ConsentForm,
    FormPair,
    FormText,
    GuardianDecision,
)
from wilma_ext.models.hand_off import HandOff
from wilma_ext.models.look_up import LookUp, LookUpCategory
from wilma_ext.models.matrix import MatrixCell, MatrixVersion
from wilma_ext.models.note_type import NoteTypeRule
from wilma_ext.models.provider import Agreement, County, Handle, PolicyVersion, Provider
from wilma_ext.models.tick import Tick, Told
from wilma_ext.models.welfare_group import (
    Assignment,
    Membership,
    PersonalException,
    WelfareGroup,
)

__all__ = [
    "PREFIX",
    "Activation",
    "ActivationPair",
    "Agreement",
    "Answer",
    "AnswerChoice",
    "AnswerDecider",
    "Assignment",
    "AuditEvent",
    "AuditHead",
    "AuditLink",
    "Base",
    "BulkItem",
    "BulkRun",
    "CapacityDecision",
    "ConsentForm",
    "County",
    "FormPair",
    "FormText",
    "GuardianDecision",
    "HandOff",
    "Handle",
    "Instant",
    "KnownPupil",
    "LookUp",
    "LookUpCategory",
    "MatrixCell",
    "MatrixVersion",
    "Membership",
    "NoteTypeRule",
    "ObservedChange",
    "PersonalException",
    "PolicyVersion",
    "Provider",
    "Tick",
    "Told",
    "WelfareGroup",
]
