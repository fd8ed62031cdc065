"""The named errors of the plugin. A page or a command turns each into words."""


class WilmaExtError(Exception):
    """Root of every error the plugin raises on purpose."""


class SettingsError(WilmaExtError):
    """The deployment is configured wrongly; the application must not start."""


class RegisterError(WilmaExtError):
    """The host's description of its school world breaks the column contract."""


class SchemaError(WilmaExtError):
    """The plugin's tables are missing or of another revision than the code."""


class NotFound(WilmaExtError):
    """Unknown, or not to be known about by this actor: both answer alike."""


class NotPermitted(WilmaExtError):
    """The actor is known and may not do this."""


class Invalid(WilmaExtError):
    """The input breaks a rule; `field` names where, the message is a key for words."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field


class Conflict(WilmaExtError):
    """Somebody acted in between; nothing was changed."""


class Unavailable(WilmaExtError):
    """The act could not be recorded in time, so nothing was shown or changed."""
