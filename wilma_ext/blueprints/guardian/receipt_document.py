"""The receipt as a file: JSON by one schema; the shipped JSON Schema describes it to others."""

import json
from importlib.resources import files
from typing import Any

from marshmallow import Schema, fields

from wilma_ext.blueprints.guardian.receipt_view import ReceiptView, Situation, words_now
from wilma_ext.blueprints.label import category_label, profession_label
from wilma_ext.blueprints.visit import current_visit
from wilma_ext.clock import HELSINKI
from wilma_ext.rights.consent.receipt import Receipt
from wilma_ext.state import current_state

#: Counts the shapes of the document; a new one gets a new file beside the old.
SCHEMA_VERSION = 1


def json_schema() -> bytes:
    """Return the shipped JSON Schema (draft 2020-12)."""
    return (files("wilma_ext") / "schemas" / "receipt-1.schema.json").read_bytes()


class Coded(Schema):
    """A word of the field: its eternal key, and its name in the document's language."""

    key = fields.String(required=True)
    name = fields.String(required=True)


class PaperSchema(Schema):
    signer = fields.String(required=True)
    signed_on = fields.Date(required=True, allow_none=True)
    document = fields.String(required=True)


class GiverSchema(Schema):
    capacity = fields.String(required=True)
    channel = fields.String(required=True)
    paper = fields.Nested(PaperSchema, required=True, allow_none=True)


class TextSchema(Schema):
    version = fields.Integer(required=True)
    language = fields.String(required=True)
    text = fields.String(required=True)
    text_sha256 = fields.String(required=True)


class ChoiceSchema(Schema):
    profession = fields.Nested(Coded, required=True)
    category = fields.Nested(Coded, required=True)
    value = fields.String(required=True)
    valid_from = fields.AwareDateTime(required=True, format="iso")
    valid_until = fields.AwareDateTime(required=True, format="iso", allow_none=True)
    state_now = fields.String(required=True)


class RecipientSchema(Schema):
    county = fields.String(required=True)
    professions = fields.List(fields.String(), required=True)


class WithdrawalSchema(Schema):
    words = fields.String(required=True)
    url = fields.String(required=True)


class ReceiptSchema(Schema):
    """The document."""

    schema_version = fields.Integer(required=True)
    language = fields.String(required=True)
    number = fields.String(required=True)
    act = fields.String(required=True)
    given_at = fields.AwareDateTime(required=True, format="iso")
    provider = fields.String(required=True)
    pupil = fields.String(required=True)
    giver = fields.Nested(GiverSchema, required=True)
    form = fields.Nested(TextSchema, required=True)
    choices = fields.List(fields.Nested(ChoiceSchema), required=True)
    recipients = fields.Nested(RecipientSchema, required=True)
    validity = fields.String(required=True)
    how_to_withdraw = fields.Nested(WithdrawalSchema, required=True)
    what_happens_next = fields.List(fields.String(), required=True)


def receipt_json(receipt: Receipt, view: ReceiptView, now: Situation) -> bytes:
    """Return the receipt as JSON; no id of ours or the host's, no other person's data."""
    document = ReceiptSchema().dump(_content(receipt, view, now))
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _content(receipt: Receipt, view: ReceiptView, now: Situation) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "language": current_visit().speech.code,
        "number": receipt.number,
        "act": "withdrawal" if receipt.withdrawal else "answer",
        "given_at": receipt.given_at.astimezone(HELSINKI),
        "provider": view.provider,
        "pupil": now.consent.pupil.name,
        "giver": {
            "capacity": receipt.capacity.value,
            "channel": "paper" if receipt.paper else "online",
            "paper": receipt.paper,
        },
        "form": {
            "version": receipt.form.version,
            "language": receipt.language,
            "text": receipt.text,
            "text_sha256": receipt.text_sha256,
        },
        "choices": _choices(receipt, now),
        "recipients": {"county": view.county, "professions": view.professions},
        "validity": view.validity,
        "how_to_withdraw": {"words": view.withdrawal, "url": view.withdrawal_url},
        "what_happens_next": view.coming,
    }


def _choices(receipt: Receipt, now: Situation) -> list[dict[str, Any]]:
    register, words = current_state.register, words_now(receipt, now)
    return [
        {
            "profession": {
                "key": said.pair.profession,
                "name": profession_label(said.pair.profession),
            },
            "category": {
                "key": said.pair.category,
                "name": category_label(register, said.pair.category),
            },
            "value": said.value.value,
            "valid_from": said.since.astimezone(HELSINKI),
            "valid_until": said.until.astimezone(HELSINKI) if said.until else None,
            "state_now": words[said.pair].state.value,
        }
        for said in receipt.said
    ]
