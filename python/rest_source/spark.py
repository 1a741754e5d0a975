"""A data source of Spark 4, and of what else has its Python API, such as Databricks and Sail.

>>> from rest_source.spark import RestSource
>>> spark.dataSource.register(RestSource)
>>> spark.read.format("rest_source").option("file", "payments.yaml").option("resource", "payments").load()

The driver cuts the fetch into slices, and each worker fetches the records of some. `docs/spark.md` has the options.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow
from pyspark.sql.datasource import DataSource, DataSourceReader, DataSourceStreamReader, InputPartition
from pyspark.sql.pandas.types import from_arrow_type, to_arrow_schema
from pyspark.sql.types import DataType, StringType, StructField, StructType

from ._description import Written
from ._errors import FetchError
from ._source import BATCH_ROWS, Resource, Source, _refinement

__all__ = ["RestSource"]

#: How many slices a fetch is cut into at most.
SLICES = 16

#: How many records are looked at for columns that the description does not declare.
SAMPLE_ROWS = 1_000

#: The options that are JSON objects, and those that are numbers.
OBJECTS = ("secrets", "config", "params", "arguments")
NUMBERS = ("slices", "limit", "batch_rows", "sample_rows", "max_page_records", "max_body_bytes")

#: The options that are arguments of `Source`.
OF_SOURCE = (
    *("name", "source", "secrets", "config", "base_url", "allow", "token_file", "budget", "budget_name"),
    *("max_page_records", "max_body_bytes"),
)

#: All options. What `load` is given is the `path`.
KNOWN = tuple(dict.fromkeys(("file", "path", "description", "resource", *OF_SOURCE, *OBJECTS, *NUMBERS, "delay")))


class RestSource(DataSource):
    """The format ``rest_source``: a resource of a description as a frame, or as a stream."""

    def __init__(self, options: Mapping[str, str]) -> None:
        super().__init__(dict(options))
        self._fetch = _Fetch(options)

    @classmethod
    def name(cls) -> str:
        """The name of the format."""
        return "rest_source"

    def schema(self) -> StructType:
        """The columns that the description declares and, unless its ``schema_contract`` leaves others out, those of the
        first records, which are fetched for that."""
        fetch, resource = self._fetch, self._fetch.resource()
        rows = fetch.sample_rows if resource._described["is_open"] else 0
        found = resource._batches(fetch.refinement(limit=rows), max(rows, 1))
        fields = [StructField(one.name, _spark_type(one.type)) for one in pyarrow.schema(found)]
        if not fields:
            raise FetchError(
                f"{resource.name}: no record has come, and no column is declared, so that the frame has no columns\n"
                f"  help: declare them under `columns`, or give them by `.schema(\"id string, amount long\")`",
                kind="schema",
                resource=resource.name,
            )
        return _Columns(fields)

    def reader(self, schema: StructType) -> DataSourceReader:
        """What reads the resource once."""
        return _Reader(self._fetch, schema)

    def streamReader(self, schema: StructType) -> DataSourceStreamReader:
        """What reads an incremental resource as a stream."""
        return _StreamReader(self._fetch, schema)


class _Columns(StructType):
    """The columns of a frame. Sail takes them by Arrow's interface, and would else not know that moments are in UTC."""

    @classmethod
    def typeName(cls) -> str:
        """Otherwise made of the name of the class."""
        return "struct"

    def __arrow_c_schema__(self) -> object:
        return to_arrow_schema(self, timezone="UTC").__arrow_c_schema__()


class _Slice(InputPartition):
    """A slice as JSON, and the part of the range that was cut. There is no secret in either."""

    def __init__(self, slice: str, between: tuple[str | None, str] | None = None) -> None:
        super().__init__(slice)
        self.between = between


class _Rows:
    """What both readers have: slices become partitions, and partitions record batches."""

    def __init__(self, fetch: _Fetch, schema: StructType) -> None:
        self._fetch = fetch
        self._schema = schema

    def _cut(self, between: tuple[str | None, str] | None = None) -> list[InputPartition]:
        fetch, resource = self._fetch, self._fetch.resource()
        _check_columns(resource, _arrow_schema(self._schema))
        slices = resource._slices(fetch.slices, fetch.refinement(between=between))
        return [_Slice(slice, between) for slice in slices]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        """The records of a slice."""
        assert isinstance(partition, _Slice)
        fetch, resource = self._fetch, self._fetch.resource()
        columns = _arrow_schema(self._schema)
        refinement = fetch.refinement(between=partition.between, slice=partition.value)
        for batch in resource._batches(refinement, fetch.batch_rows):
            yield _fitted(resource, pyarrow.record_batch(batch), columns)


class _Reader(_Rows, DataSourceReader):
    """Reads the resource once."""

    def partitions(self) -> Sequence[InputPartition]:
        """The slices of the fetch."""
        return self._cut()


class _StreamReader(_Rows, DataSourceStreamReader):
    """Reads an incremental resource as a stream. An offset is a moment: a micro-batch has the records whose incremental
    cursor is at the first one or behind it, and before the second one."""

    def initialOffset(self) -> dict[str, Any]:
        """Where the range begins, if it has a beginning."""
        start, _ = self._reach()
        return {"until": start} if start else {}

    def latestOffset(self, start: dict[str, Any] | None = None, limit: object = None) -> dict[str, Any]:
        """Before which moment all records are there."""
        _, end = self._reach()
        latest = {"until": end}
        return latest if start is None or _moment(start) < _moment(latest) else start

    def partitions(self, start: dict[str, Any], end: dict[str, Any]) -> Sequence[InputPartition]:
        """The slices of what is between two moments."""
        return self._cut((start.get("until"), end["until"])) if _moment(start) < _moment(end) else []

    def _reach(self) -> tuple[str | None, str]:
        fetch = self._fetch
        return fetch.resource()._reach(fetch.refinement(), fetch.delay)


class _Fetch:
    """What the options say. It is sent to the workers with the text of the description, so that they need no file."""

    def __init__(self, options: Mapping[str, str]) -> None:
        # Spark does not tell upper from lower case.
        given = {name.lower(): value for name, value in options.items()}
        for name in given:
            if name not in KNOWN:
                meant = get_close_matches(name, KNOWN, 1)
                help = f"did you mean `{meant[0]}`?" if meant else f"there are {_listed(KNOWN)}"
                raise ValueError(f"the format `rest_source` has no option `{name}`\n  help: {help}")
        values = {name: _value(name, given[name]) for name in given}
        self._written = _written(given)
        self._resource = given.get("resource")
        self._source = {name: value for name, value in values.items() if name in OF_SOURCE}
        self._params = values.get("params")
        self._arguments = values.get("arguments")
        self._limit = values.get("limit")
        self.delay = given.get("delay")
        self.slices: int = values.get("slices", SLICES)
        self.batch_rows: int = values.get("batch_rows", BATCH_ROWS)
        self.sample_rows: int = values.get("sample_rows", SAMPLE_ROWS)

    def resource(self) -> Resource:
        """The resource, with the client that all fetches of this process share."""
        source = _source(self._written, json.dumps(self._source, sort_keys=True))
        if self._resource is None:
            if len(source) == 1:
                return next(iter(source))
            raise ValueError(
                f"the description has the resources {_listed(source.resources)}\n"
                f"  help: say which one the frame has by `.option(\"resource\", \"{source.resources[0]}\")`"
            )
        try:
            return source[self._resource]
        except KeyError as error:
            raise ValueError(error.args[0]) from None

    def refinement(self, **part: Any) -> dict[str, Any]:
        """What of the resource is fetched."""
        return _refinement(self._limit, self._params, self._arguments) | part


@lru_cache(maxsize=16)
def _source(written: Written, options: str) -> Source:
    # All fetches of a process have one rate limit, one token and one pool of connections.
    return Source(written, **json.loads(options))


def _written(given: Mapping[str, str]) -> Written:
    """The description, which is read where the frame is made."""
    named = [name for name in ("description", "file", "path") if name in given]
    if len(named) != 1:
        what = f"both {' and '.join(f'`{name}`' for name in named)} name a description" if named else "no description"
        raise ValueError(
            f"the format `rest_source` has {what}\n"
            f"  help: give a file by `.option(\"file\", \"payments.yaml\")`, or its text by `.option(\"description\", …)`"
        )
    if named == ["description"]:
        return Written("<description>", given["description"].encode(), None)
    path = Path(given[named[0]])
    return Written(str(path), path.read_bytes(), path.stem)


def _value(name: str, text: str) -> Any:
    """An option as what it is."""
    if name in NUMBERS:
        if not (text.isdecimal() and int(text) > 0):
            raise ValueError(f"the option `{name}` is a number above 0, not `{text}`")
        return int(text)
    if name == "allow":
        return [one.strip() for one in text.split(",") if one.strip()]
    if name not in OBJECTS:
        return text
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        # What was given may be a secret.
        raise ValueError(f"the option `{name}` is a JSON object, as in `json.dumps({{\"name\": \"value\"}})`")
    return value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _moment(offset: Mapping[str, str]) -> datetime:
    until = offset.get("until")
    return datetime.fromisoformat(until.replace("Z", "+00:00")) if until else datetime.min.replace(tzinfo=timezone.utc)


def _spark_type(found: pyarrow.DataType) -> DataType:
    # Spark has no times of a day before 4.1.
    return StringType() if pyarrow.types.is_time(found) else from_arrow_type(found)


def _arrow_schema(schema: StructType | pyarrow.Schema) -> pyarrow.Schema:
    # Sail gives Arrow's.
    return schema if isinstance(schema, pyarrow.Schema) else to_arrow_schema(schema, timezone="UTC")


def _check_columns(resource: Resource, columns: pyarrow.Schema) -> None:
    """Refuses columns that cannot have a value."""
    if resource._described["is_open"]:
        return
    declared = {column["name"] for column in resource.columns}
    missing = [name for name in columns.names if name not in declared]
    if missing:
        raise FetchError(
            f"{resource.name}: the frame has {_listed(missing)}, which the description does not declare, and its "
            f"`schema_contract` leaves out what is not declared\n"
            f"  help: declare under `columns` what the frame is to have",
            kind="schema",
            resource=resource.name,
        )


def _fitted(resource: Resource, batch: pyarrow.RecordBatch, columns: pyarrow.Schema) -> pyarrow.RecordBatch:
    """The rows with the columns of the frame."""
    # What is declared and not in the frame was left out by who has given the schema.
    known = {*columns.names, *(column["name"] for column in resource.columns)}
    new = [name for name in batch.schema.names if name not in known]
    if new:
        raise FetchError(
            f"{resource.name}: records have {_listed(new)}, and the frame has no such column: it has those that the "
            f"description declares and those of the first records\n"
            f"  help: declare it under `columns`, leave it out by `schema_contract: {{columns: discard_value}}`, or read more "
            f"records first, `.option(\"sample_rows\", 100000)`",
            kind="schema",
            resource=resource.name,
        )
    return pyarrow.RecordBatch.from_arrays([_column(resource, batch, one) for one in columns], schema=columns)


def _column(resource: Resource, batch: pyarrow.RecordBatch, wanted: pyarrow.Field) -> pyarrow.Array:
    if wanted.name not in batch.schema.names:
        return pyarrow.nulls(batch.num_rows, wanted.type)
    values = batch.column(wanted.name)
    try:
        return values.cast(wanted.type)
    except pyarrow.ArrowException as error:
        raise FetchError(
            f"{resource.name}: `{wanted.name}` is {values.type} here, and {wanted.type} in the frame: {error}\n"
            f"  help: declare its type under `columns`, or give it by `.schema(…)`",
            kind="schema",
            resource=resource.name,
            field=wanted.name,
        ) from None
