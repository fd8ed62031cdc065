"""`provider`: an education provider takes the plugin into use."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import click
from flask.cli import AppGroup

from wilma_ext.cli.operator import Command, operator_option
from wilma_ext.cli.output import iso, json_option, show
from wilma_ext.models import Provider, WelfareGroup
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.form.default_text import default_form_texts
from wilma_ext.rights.provider import Beginning, Names, create_provider, providers
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.state import current_state

provider = AppGroup("provider", help="The education providers that use the plugin.")

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_GROUP = Names("Opiskeluhuolto: {county}", "Elevhälsan: {county}", "Pupil welfare: {county}")


def _key(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not _KEY.fullmatch(value):
        raise click.BadParameter("1 to 40 small letters a-z, digits, - and _ are needed")
    return value


def _name(_context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    value = (value or "").strip()
    if (parameter.required and not value) or len(value) > 200 or not value.isprintable():
        raise click.BadParameter("a name of 1 to 200 printable characters is needed")
    return value


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise click.BadParameter("an address that begins with https:// is needed")
    return value


def _name_options(stem: str, what: str, *, required: bool = True) -> Callable[[Command], Command]:
    """Give a command one option for each language of a name."""
    languages = (("", "Finnish"), ("-sv", "Swedish"), ("-en", "English"))

    def decorate(command: Command) -> Command:
        for suffix, language in reversed(languages):
            command = click.option(
                f"--{stem}{suffix}",
                required=required,
                callback=_name,
                help=f"{what} in {language}.",
            )(command)
        return command

    return decorate


@provider.command("init")
@click.option("--provider", "ref", required=True, help="The host's id of the provider.")
@_name_options("name", "The provider's name")
@click.option("--county", required=True, callback=_key, help="A short key, e.g. luvn.")
@_name_options("county-name", "The wellbeing services county's name")
@_name_options("group-name", "The user group's name", required=False)
@click.option("--privacy-url", default="", callback=_address, help="The privacy notice.")
@operator_option
@json_option
def init(ref: str, operator: Actor, as_json: bool, **given: str) -> None:
    """Take a provider into use: cautious policy, county, group, empty matrix, default form.

    Nothing is open to anybody until the main user opens it in the rights matrix.
    """
    beginning = _beginning(ref, given)
    with current_state.work() as work:
        begun = create_provider(work, current_state.register, actor=operator, beginning=beginning)
    document = {
        "provider": ref,
        "handle": begun.handle,
        "group": begun.group_id,
        "form": begun.form_id,
    }
    text = f"Provider {ref} ({beginning.name.fi}) is in use; its rights matrix is empty."
    show(document, text, as_json=as_json)


def _beginning(ref: str, given: dict[str, str]) -> Beginning:
    county = _names(given, "county_name")
    by_language = {"fi": county.fi, "sv": county.sv, "en": county.en}
    chosen = _names(given, "group_name")
    group = {
        language: chosen.in_language(language) or _GROUP.in_language(language).format(county=name)
        for language, name in by_language.items()
    }
    return Beginning(
        provider_ref=ref,
        name=_names(given, "name"),
        county=given["county"],
        county_name=county,
        group_name=Names(**group),
        form_texts=default_form_texts(by_language),
        privacy_url=given["privacy_url"],
    )


def _names(given: dict[str, str], stem: str) -> Names:
    return Names(given[stem], given[f"{stem}_sv"], given[f"{stem}_en"])


@provider.command("list")
@json_option
def list_providers(as_json: bool) -> None:
    """List the providers that use the plugin, with their user groups."""
    with current_state.work() as work:
        found = [(row, groups_of(work, row.ref)) for row in providers(work)]
    document = {"providers": [_document(row, groups) for row, groups in found]}
    lines = [_line(row, groups) for row, groups in found] or ["No provider uses the plugin yet."]
    show(document, "\n".join(lines), as_json=as_json)


def _document(row: Provider, groups: list[WelfareGroup]) -> dict[str, object]:
    return {
        "provider": row.ref,
        "handle": row.handle,
        "name": row.name_fi,
        "name_sv": row.name_sv,
        "name_en": row.name_en,
        "created_at": iso(row.created_at),
        "groups": [{"id": g.id, "county": g.county, "name": g.name_fi} for g in groups],
    }


def _line(row: Provider, groups: list[WelfareGroup]) -> str:
    named = ", ".join(f"{group.name_fi} [{group.county}]" for group in groups)
    return f"{row.ref}  {row.name_fi}  ({named or 'no user group'})"
