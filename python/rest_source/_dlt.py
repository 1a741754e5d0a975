"""Sources of dlt that yield Arrow."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from ._source import BATCH_ROWS, Resource, Source, _refinement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlt.extract.source import DltSource

#: What a resource keeps in dlt's state.
STATE = "rest_source"


def dlt(
    source: Source,
    resources: Iterable[str] | None = None,
    *,
    batch_rows: int = BATCH_ROWS,
) -> DltSource:
    """The source as one of dlt, ``pipeline.run(rest_source.dlt(source))``, with Arrow tables in place of dictionaries.

    Names of tables, ``primary_key``, ``merge_key``, ``write_disposition`` and the types of declared columns are those of the
    description. Incremental resources continue where the last run of the pipeline ended: the place is in dlt's state.

    :param resources: the names of the resources; by default all that are selected and need no arguments
    :param batch_rows: how many rows a table has at least that dlt is given
    """
    import dlt as library

    named = list(source.resources if resources is None else resources)
    chosen = [source[name] for name in named]
    if resources is None:
        chosen = [one for one in chosen if one._described["selected"] and not one.arguments]

    logging.getLogger("dlt").addFilter(_QUIET)
    _QUIET.resources.update(resource.name for resource in chosen)

    @library.source(name=source.name)
    def rest_source() -> list[Any]:
        return [_resource(library, resource, batch_rows) for resource in chosen]

    return rest_source()


def _resource(library: Any, resource: Resource, batch_rows: int) -> Any:
    described = resource._described
    disposition: Any = described["write_disposition"]
    selected = described["selected"] and disposition != "skip"
    if disposition == "merge" and described["merge_strategy"]:
        disposition = {"disposition": "merge", "strategy": described["merge_strategy"]}
    return library.resource(
        _tables,
        name=resource.name,
        table_name=resource.table_name,
        primary_key=resource.primary_key or None,
        merge_key=resource.merge_key or None,
        write_disposition="append" if disposition == "skip" else disposition,
        selected=selected,
    )(resource, batch_rows)


def _tables(resource: Resource, batch_rows: int) -> Iterator[Any]:
    import dlt as library
    import pyarrow

    # Kept as an object, as dlt's own state is.
    state = library.current.resource_state()
    batches = resource._batches(_refinement(None, None, None), batch_rows, json.dumps(state.get(STATE, {})))
    not_null = {*resource.primary_key, *resource.merge_key}
    not_null |= {column["name"] for column in resource.columns if not column["nullable"]}
    known: set[str] = set()
    for batch in batches:
        table = pyarrow.Table.from_batches([pyarrow.record_batch(batch)])
        fields = [field.with_nullable(field.name not in not_null) for field in table.schema]
        table = table.cast(pyarrow.schema(fields))
        # Arrow says the types of all other columns.
        in_json = {field.name for field in fields if (field.metadata or {}).get(b"data_type") == b"json"}
        if in_json - known:
            known |= in_json
            columns = [{"name": name, "data_type": "json"} for name in sorted(known)]
            table = library.mark.with_hints(table, library.mark.make_hints(columns=columns))
        yield table
    places = json.loads(batches.places())
    if places:
        state[STATE] = places


class _Quiet(logging.Filter):
    """Drops the warning of dlt that a text of Arrow is JSON, which is meant so."""

    def __init__(self) -> None:
        super().__init__()
        self.resources: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        text = str(record.msg)
        found = text.startswith("In resource: ") and ", when merging arrow schema" in text
        return not (found and text.removeprefix("In resource: ").split(",")[0] in self.resources)


_QUIET = _Quiet()
