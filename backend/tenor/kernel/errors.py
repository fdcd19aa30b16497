"""What a caller can do wrong, as exceptions with an HTTP status and a sentence. Never raised for our own defects."""

import re
from typing import ClassVar


class TenorError(Exception):
    """A refusal that changed nothing. The message is one sentence with the ids and the way out.

    Subclasses are facts (`AlreadyFunded`); `code` is the class name in kebab case, stable for API clients.
    Over HTTP it becomes an RFC 9457 problem with `status`; on the command line a sentence and exit code 2.
    """

    status: ClassVar[int] = 400
    retryable: ClassVar[bool] = False
    code: ClassVar[str] = "tenor-error"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", cls.__name__).lower()

    def __init__(self, sentence: str, *, fields: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = fields or {}
        """Name of an input field -> what is wrong with it; becomes `errors[]` of the problem."""


class NotFound(TenorError):
    """Unknown, or another's: strangers get the same answer as for what does not exist."""

    status = 404


class NotAllowed(TenorError):
    status = 403


class Conflict(TenorError):
    """The object is not in a state in which this can be done."""

    status = 409


class Invalid(TenorError):
    status = 422


class Unavailable(TenorError):
    """Something outside (ledger, database, document store) does not answer; the same request may succeed later."""

    status = 503
    retryable = True
