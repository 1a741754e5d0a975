"""The exceptions, whose texts are those of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from ._report import LoadReport


class Diagnostic(TypedDict):
    """A mistake in a description."""

    code: str
    severity: str
    message: str
    line: int | None
    column: int | None
    help: list[str]


class Error(Exception):
    """What this package raises."""


class DescriptionError(Error, ValueError):
    """A description has mistakes. The text shows all of them with their places."""

    diagnostics: list[Diagnostic]

    def __init__(self, text: str, *, diagnostics: list[Diagnostic]) -> None:
        super().__init__(text)
        self.diagnostics = diagnostics


class DescriptionWarning(UserWarning):
    """A description has something that is probably not meant so."""


class FetchError(Error):
    """A fetch could not begin, or has ended before everything was fetched.

    ``kind`` is one of ``config`` (a secret or an argument is missing, say), ``auth``, ``status``, ``connect``, ``timeout``,
    ``broken``, ``redirect``, ``too_large``, ``decode``, ``undecided``, ``stuck``, ``incomplete``, ``would_repeat``, ``parent``,
    ``cancelled`` and ``other``; where records become rows also ``record`` and ``schema``.
    """

    kind: str
    resource: str | None
    page: int | None
    record: int | None
    field: str | None
    status: int | None
    #: Whether the same fetch may succeed later.
    is_transient: bool

    def __init__(
        self,
        text: str,
        *,
        kind: str,
        resource: str | None = None,
        page: int | None = None,
        record: int | None = None,
        field: str | None = None,
        status: int | None = None,
        is_transient: bool = False,
    ) -> None:
        super().__init__(text)
        self.kind = kind
        self.resource = resource
        self.page = page
        self.record = record
        self.field = field
        self.status = status
        self.is_transient = is_transient


class LoadError(Error):
    """A load could not begin, or not all of its resources are loaded.

    ``kind`` is one of ``source``, ``record``, ``schema``, ``busy``, ``would_double``, ``destination`` and ``incomplete``.
    """

    kind: str
    #: Whether running again may succeed with nothing changed.
    is_transient: bool
    #: What the run did in spite of the failures; none if it could not begin.
    report: LoadReport | None
    #: The resources that are not loaded, with the reasons.
    failures: list[tuple[str, Error]]

    def __init__(
        self,
        text: str,
        *,
        kind: str,
        is_transient: bool = False,
        report: tuple[str, str] | None = None,
        failures: list[tuple[str, Error]] | None = None,
    ) -> None:
        from ._report import LoadReport

        super().__init__(text)
        self.kind = kind
        self.is_transient = is_transient
        self.report = LoadReport._of(*report) if report else None
        self.failures = failures or []
