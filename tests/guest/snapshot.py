"""What a host is and answers, so that two of them can be compared (D1)."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

OURS = "wilma_ext"

#: What differs between two answers of one and the same host.
MASKED = (
    (re.compile(rb'(name="csrf_token"[^>]*value=")[^"]*'), rb"\1TOKEN"),
    (re.compile(rb"((?:expires|Expires)=)[^;]*"), rb"\1DATE"),
    (re.compile(rb"((?:session|remember|token|_language)=)[^;]*"), rb"\1COOKIE"),
)
#: Per-blueprint tables of Flask: blueprint -> functions.
TABLES = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "template_context_processors",
    "url_value_preprocessors",
    "url_default_functions",
)


def masked(content: bytes) -> bytes:
    for pattern, replacement in MASKED:
        content = pattern.sub(replacement, content)
    return content


def answer_of(answer: TestResponse) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return status, headers and bytes, what changes by itself masked."""
    headers = [
        (name, masked(value.encode()).decode())
        for name, value in answer.headers.items()
        if name not in ("Date", "Content-Length")
    ]
    return answer.status, headers, masked(answer.data)


def host_rules(app: Flask) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Return the host's own addresses, with their methods and arguments."""
    return sorted(
        (rule.rule, frozenset(rule.methods or ()), frozenset(rule.arguments))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] != OURS
    )


def urls(app: Flask, values: Mapping[str, str]) -> list[str]:
    """Return the host's addresses filled in, and some that nobody has."""
    unknown = ["/no-such-page", "/wilma", "/wilma-extra", "/wilma-ex/", "/guardian/x", "/%00", "//"]
    filled = [_filled(rule, names, values) for rule, _, names in host_rules(app)]
    return [*filled, *unknown]


def _filled(rule: str, names: frozenset[str], values: Mapping[str, str]) -> str:
    for name in names:
        rule = re.sub(rf"<(?:[^<>]*:)?{name}>", values[name], rule)
    return rule


def answers(
    app: Flask, values: Mapping[str, str], sign_in: Callable[[FlaskClient], Any] | None = None
) -> dict[str, Any]:
    """Ask the host for everything it has, by every method, as one visitor."""
    client = app.test_client()
    found: dict[str, Any] = {}
    if sign_in:
        sign_in(client)
    for url in urls(app, values):
        for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            with client.open(url, method=method) as answer:
                found[f"{method} {url}"] = answer_of(answer)
            if sign_in and url.endswith("sign-out"):
                sign_in(client)
    return found


def registry(app: Flask) -> dict[str, Any]:
    """Return everything app-wide that a guest could have changed, by name."""
    tables = {name: _table(getattr(app, name)) for name in TABLES}
    return {
        **tables,
        "errors": _errors(app.error_handler_spec),
        "teardowns": [_name(function) for function in app.teardown_appcontext_funcs],
        "shell": [_name(function) for function in app.shell_context_processors],
        "globals": _names(app.jinja_env.globals),
        "filters": _names(app.jinja_env.filters),
        "tests": _names(app.jinja_env.tests),
        "jinja extensions": sorted(app.jinja_env.extensions),
        "extensions": {k: type(v).__name__ for k, v in app.extensions.items() if k != OURS},
        "login": _settings(getattr(app, "login_manager", None)),
        "config": {k: v for k, v in app.config.items() if not k.startswith("WILMA_EXT_")},
        "commands": sorted(name for name in app.cli.commands if name != "wilma-ext"),
        "rules": host_rules(app),
        "slashes": app.url_map.strict_slashes,
        "sessions": type(app.session_interface).__name__,
        "json": type(app.json).__name__,
        "blueprints": sorted(name for name in app.blueprints if name.split(".")[0] != OURS),
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Name what the two do not have alike."""
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def _name(function: Any) -> str:
    function = getattr(function, "func", function)
    return f"{function.__module__}.{getattr(function, '__qualname__', type(function).__name__)}"


def _table(table: Mapping[str | None, Any]) -> dict[str | None, list[str]]:
    return {
        scope: [_name(function) for function in functions]
        for scope, functions in table.items()
        if not _is_ours(scope) and functions
    }


def _errors(spec: Mapping[str | None, Any]) -> list[tuple[str, ...]]:
    return sorted(_error_rows(spec))


def _error_rows(spec: Mapping[str | None, Any]) -> Iterator[tuple[str, ...]]:
    for scope, codes in spec.items():
        for code, handlers in codes.items():
            for error, function in handlers.items():
                if not _is_ours(scope):
                    yield str(scope), str(code), error.__name__, _name(function)


def _names(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: type(value).__name__ for name, value in table.items()}


def _settings(manager: Any) -> dict[str, str]:
    return {name: re.sub(r" at 0x\w+", "", repr(value)) for name, value in vars(manager).items()}


def _is_ours(scope: str | None) -> bool:
    return scope is not None and scope.split(".")[0] == OURS
