"""The host's settings that the plugin's safety rests on."""

from collections.abc import Iterator

from wilma_ext.doctor.finding import Finding, error, ok, warning
from wilma_ext.doctor.patient import Patient

#: Keys that stand in tutorials and generators, in small letters.
WELL_KNOWN = {
    "changeme",
    "change-me",
    "change me",
    "default",
    "dev",
    "development",
    "development key",
    "flask",
    "insecure",
    "key",
    "my secret key",
    "mysecret",
    "mysecretkey",
    "password",
    "secret",
    "secret key",
    "secret-key",
    "secret_key",
    "secretkey",
    "super secret key",
    "supersecret",
    "test",
    "testing",
    "top secret",
    "you-will-never-guess",
}
#: A key shorter than this can be guessed.
SHORTEST = 16

_NEW_KEY = "Make one with `python -c 'import secrets; print(secrets.token_hex(32))'`."


def settings_findings(patient: Patient) -> Iterator[Finding]:
    """Check the secret key, the cookies of the session and the debug mode."""
    yield ok("settings_read", "settings", "every WILMA_EXT_ key is known and well-formed")
    yield _secret_key(patient)
    yield from _cookies(patient)
    yield _debug(patient)


def _secret_key(patient: Patient) -> Finding:
    own = patient.state.settings.secret_key
    name = "WILMA_EXT_SECRET_KEY" if own else "SECRET_KEY"
    given = own or patient.app.secret_key or ""
    key = given.decode("latin-1") if isinstance(given, bytes) else str(given)
    if not key:
        return error("secret_key_missing", name, "no secret key is set", _NEW_KEY)
    if key.strip().lower() in WELL_KNOWN:
        return error(
            "secret_key_known", name, "the secret key is one that everybody knows", _NEW_KEY
        )
    if len(key) < SHORTEST:
        message = f"the secret key has fewer than {SHORTEST} characters"
        return warning("secret_key_short", name, message, _NEW_KEY)
    return ok("secret_key", name, "a secret key is set")


#: Setting -> what a page can then do with the session, and the value to set.
_COOKIES = {
    "SESSION_COOKIE_HTTPONLY": ("scripts can read the session cookie", "True"),
    "SESSION_COOKIE_SECURE": ("the session cookie also travels unencrypted", "True over HTTPS"),
    "SESSION_COOKIE_SAMESITE": ("other sites' forms carry the session cookie", "'Lax'"),
}


def _cookies(patient: Patient) -> Iterator[Finding]:
    for name, (consequence, value) in _COOKIES.items():
        given = patient.app.config.get(name)
        if not given or given == "None":
            message = f"it is {given!r}: {consequence}"
            yield warning("cookie_flag", name, message, f"Set it to {value}.")
        else:
            yield ok("cookie_flag", name, f"it is {given!r}")


def _debug(patient: Patient) -> Finding:
    if not patient.app.debug:
        return ok("debug", "DEBUG", "debug mode is off")
    advice = "Start the app without --debug: the debugger shows data and runs code."
    if patient.engine.dialect.name == "postgresql":
        return error("debug", "DEBUG", "debug mode is on, over a database for production", advice)
    return warning("debug", "DEBUG", "debug mode is on", advice)
