"""Sources and their resources."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from . import _duckdb, _native
from ._description import Written, text_of
from ._report import LoadReport

if TYPE_CHECKING:
    from typing import Literal

_log = logging.getLogger("rest_source")

#: How many rows a record batch has at least.
BATCH_ROWS = 10_000

#: How long a stream whose columns were asked for is new enough to be read.
KEPT_SECONDS = 60


class Column(TypedDict):
    """A declared column."""

    name: str
    data_type: str
    nullable: bool
    #: Whether the description names it, as a key is named, without saying what its values are.
    is_inferred: bool
    precision: int | None
    scale: int | None


class Described(TypedDict):
    """What the description says of a resource."""

    name: str
    description: str | None
    table_name: str
    selected: bool
    write_disposition: str
    merge_strategy: str | None
    primary_key: list[str]
    merge_key: list[str]
    arguments: list[str]
    columns: list[Column]
    #: Whether fields that are not declared are columns, too.
    is_open: bool


class Source:
    """A REST API as its description says.

    ``description`` is the path of a YAML file, or a dictionary in the language of dlt's ``rest_api_source``. It is checked at
    once: mistakes are a :class:`DescriptionError` that shows all of them.

    Secrets that are not in ``secrets`` come from environment variables, ``{secrets.access_token}`` from ``ACCESS_TOKEN``, as
    do settings that are not in ``config``. Values that look like credentials in a dictionary become secrets.

    :param name: the name of the source, which also prefixes its environment variables; by default that of the file
    :param secrets: values of ``{secrets.name}``
    :param config: values of the settings ``{config.name}``
    :param base_url: the address to which requests are sent in place of the description's
    :param source: which one is meant of a project file of dlt with several sources
    :param allow: the names of lints that are not reported
    :param token_file: where refresh tokens that the server rotates are stored
    :param budget: a PostgreSQL database, ``env:VARIABLE`` with its address, by which processes share the ``rate_limit``
    :param budget_name: the budget among those of the database; by default the name of the source
    :param max_page_records: the largest number of records in a response
    :param max_body_bytes: the largest body of a response
    """

    def __init__(
        self,
        description: str | os.PathLike[str] | Mapping[str, Any] | Written,
        *,
        name: str | None = None,
        secrets: Mapping[str, str] | None = None,
        config: Mapping[str, Any] | None = None,
        base_url: str | None = None,
        source: str | None = None,
        allow: Iterable[str] = (),
        token_file: str | os.PathLike[str] | None = None,
        budget: str | None = None,
        budget_name: str | None = None,
        max_page_records: int | None = None,
        max_body_bytes: int | None = None,
    ) -> None:
        given = dict(secrets or {})
        if isinstance(description, Mapping):
            written, found = text_of(description)
            text, file = written.encode(), "<description>"
            given = found | given
        elif isinstance(description, Written):
            file, text, stem = description
            name = name or source or stem
        else:
            path = Path(description)
            text, file = path.read_bytes(), str(path)
            name = name or source or path.stem
        self._native = _native.Source(
            text,
            file,
            name,
            source=source,
            secrets=[(key, str(value)) for key, value in given.items()],
            config=[(key, _setting(value)) for key, value in (config or {}).items()],
            base_url=base_url,
            allow=list(allow),
            token_file=None if token_file is None else os.fspath(token_file),
            budget=None if budget is None else (budget, budget_name),
            max_page_records=max_page_records,
            max_body_bytes=max_body_bytes,
        )
        described: list[Described] = json.loads(self._native.resources())
        self._resources = {one["name"]: Resource(self, one) for one in described}

    @property
    def name(self) -> str:
        """The name of the source."""
        return self._native.name

    @property
    def resources(self) -> list[str]:
        """The names of the resources, in the order of the description."""
        return list(self._resources)

    def __iter__(self) -> Iterator[Resource]:
        return iter(self._resources.values())

    def __len__(self) -> int:
        return len(self._resources)

    def __contains__(self, resource: object) -> bool:
        return resource in self._resources

    def __getitem__(self, resource: str) -> Resource:
        try:
            return self._resources[resource]
        except KeyError:
            raise KeyError(self._unknown(resource)) from None

    def __getattr__(self, resource: str) -> Resource:
        resources: dict[str, Resource] = self.__dict__.get("_resources", {})
        if resource in resources:
            return resources[resource]
        if resource.startswith("__"):
            raise AttributeError(resource)
        raise AttributeError(self._unknown(resource), name=resource, obj=self)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._resources]

    def __repr__(self) -> str:
        return f"<rest_source.Source {self.name}: {', '.join(self._resources)}>"

    def _unknown(self, resource: str) -> str:
        return f"the description has no resource `{resource}`: it has {', '.join(f'`{one}`' for one in self._resources)}"

    def load(
        self,
        to: str | os.PathLike[str],
        resources: Iterable[str] | None = None,
        *,
        pipeline: str | None = None,
        dataset: str | None = None,
        full_refresh: bool = False,
        limit: int | None = None,
        on_bad_record: Literal["fail", "quarantine"] = "fail",
        concurrency: int = 4,
        params: Mapping[str, Any] | None = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> LoadReport:
        """Loads into a database: each record exactly once, also when a run is interrupted, which the next one resumes.

        Ctrl-C stops requesting, commits what has been fetched, and raises ``KeyboardInterrupt``.

        :param to: ``duckdb:FILE``, ``sqlite:FILE``, ``postgres://USER@HOST/DATABASE``, ``parquet:FOLDER``,
            ``adbc:DRIVER?OPTION=VALUE``, or ``env:VARIABLE`` for an address in an environment variable
        :param resources: the resources that are loaded; by default all that are selected and need no arguments
        :param pipeline: the name under which state is stored; by default that of the source
        :param dataset: the schema of PostgreSQL that tables are in
        :param full_refresh: whether the state is ignored and all is loaded from scratch
        :param limit: stops each resource after the page that reaches this number of records; the next load resumes there
        :param on_bad_record: whether a record that cannot be stored ends its resource, or is set aside in a table
        :param concurrency: how many resources are loaded at the same time
        :raises LoadError: with ``report`` and ``failures``
        """
        if on_bad_record not in ("fail", "quarantine"):
            raise ValueError(f"`on_bad_record` is `fail` or `quarantine`, not `{on_bad_record}`")
        address = os.fspath(to)
        options = {
            "resources": list(resources or []),
            "arguments": _pairs(arguments),
            "params": _pairs(params),
            "pipeline": pipeline,
            "dataset": dataset,
            "full_refresh": full_refresh,
            "limit": limit,
            "quarantine": on_bad_record == "quarantine",
            "concurrency": concurrency,
            "duckdb": _duckdb.library() if address.startswith(("duckdb:", "env:")) else None,
        }
        with _duckdb.alone(address):
            report = self._native.load(address, options)
        return LoadReport._of(*report)


class Resource:
    """A resource of a :class:`Source`, and a stream of Arrow: each reader of it fetches once more."""

    def __init__(self, source: Source, described: Described) -> None:
        self._source = source
        self._described = described
        self.__doc__ = described["description"] or Resource.__doc__

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self._described["name"]

    @property
    def description(self) -> str | None:
        """What the description says that it is."""
        return self._described["description"]

    @property
    def table_name(self) -> str:
        """The name of the table that it is loaded into."""
        return self._described["table_name"]

    @property
    def primary_key(self) -> list[str]:
        """The columns that identify a record."""
        return self._described["primary_key"]

    @property
    def merge_key(self) -> list[str]:
        """The columns that say which rows a load replaces, beside the primary key."""
        return self._described["merge_key"]

    @property
    def write_disposition(self) -> str:
        """``append``, ``replace``, ``merge`` or ``skip``."""
        return self._described["write_disposition"]

    @property
    def columns(self) -> list[Column]:
        """The declared columns: ``name``, ``data_type``, ``nullable`` and so on."""
        return self._described["columns"]

    @property
    def arguments(self) -> list[str]:
        """What has to be given by ``arguments``, as nothing else fills it in the paths."""
        return self._described["arguments"]

    def fetch(
        self,
        *,
        limit: int | None = None,
        params: Mapping[str, Any] | None = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> _native.Records:
        """The records, one by one, as dictionaries with what the server has written. Pages are fetched as they are needed.

        :param limit: the maximum number of records
        :param params: query parameters that are sent with every request
        :param arguments: values for the placeholders ``{name}`` of paths
        :raises FetchError: by the iterator, behind the records that came before
        """
        refinement = _refinement(limit, params, arguments)
        return self._source._native.records(self.name, refinement)

    def arrow(
        self,
        *,
        batch_rows: int = BATCH_ROWS,
        limit: int | None = None,
        params: Mapping[str, Any] | None = None,
        arguments: Mapping[str, Any] | None = None,
        slice: str | None = None,
    ) -> _native.Batches:
        """The records as Arrow record batches: a stream for one reader, and an iterator over its batches.

        Nested objects are columns, ``links__payout``, and lists are columns with JSON. Batches have at least
        ``batch_rows`` rows, except for the last one. As a stream they all have the columns of the first one; read one by one,
        later ones may have more. With a ``slice`` they are the records of that one.
        """
        return self._batches(_refinement(limit, params, arguments) | {"slice": slice}, batch_rows)

    def slices(
        self,
        most: int,
        *,
        params: Mapping[str, Any] | None = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> list[str]:
        """Cuts the fetch into at most so many slices, which other processes fetch by ``arrow(slice=…)`` of the same source,
        with the same parameters and arguments. Together they have each record once. Each is JSON, without secrets.

        What cannot be cut is one slice, and a warning of the logger ``rest_source`` says why.
        """
        return self._slices(most, _refinement(None, params, arguments))

    def _slices(self, most: int, refinement: dict[str, Any]) -> list[str]:
        slices = self._source._native.slices(self.name, refinement, most)
        for _, uncut in slices:
            if uncut is not None and most > 1:
                _log.warning("%s is fetched as one slice: %s", self.name, uncut)
        return [slice for slice, _ in slices]

    def _reach(self, refinement: dict[str, Any], delay: str | None) -> tuple[str | None, str]:
        """From where to where it can be read as a stream now."""
        return self._source._native.reach(self.name, refinement, delay)

    def _batches(
        self,
        refinement: dict[str, Any],
        batch_rows: int,
        places: str | None = None,
    ) -> _native.Batches:
        return self._source._native.batches(self.name, refinement, batch_rows=batch_rows, places=places)

    def __iter__(self) -> _native.Records:
        return self.fetch()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._looked_at().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        batches = self._looked_at()
        schema = batches.__arrow_c_schema__()
        self.__dict__["_kept"] = (time.monotonic(), os.getpid(), batches)
        return schema

    def _looked_at(self) -> _native.Batches:
        """The stream whose columns were just asked for, so that its first records are not fetched twice; or a new one."""
        kept: tuple[float, int, _native.Batches] | None = self.__dict__.pop("_kept", None)
        if kept is not None and kept[1] == os.getpid() and time.monotonic() - kept[0] < KEPT_SECONDS:
            return kept[2]
        return self.arrow()

    def __repr__(self) -> str:
        return f"<rest_source.Resource {self._source.name}.{self.name}>"


def _refinement(
    limit: int | None, params: Mapping[str, Any] | None, arguments: Mapping[str, Any] | None
) -> dict[str, Any]:
    every = {"limit": limit, "params": _pairs(params), "arguments": _pairs(arguments)}
    return every | {"between": None, "slice": None}


def _pairs(values: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    return [(name, _text(value)) for name, value in (values or {}).items()]


def _setting(value: Any) -> str:
    return json.dumps(list(value)) if isinstance(value, (list, tuple)) else _text(value)


def _text(value: Any) -> str:
    """As APIs write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, (list, tuple, dict)):
        raise TypeError(f"a value that is sent is a text, a number, a date or a truth value, not `{value!r}`")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
