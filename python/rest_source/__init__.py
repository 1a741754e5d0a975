"""REST APIs as Arrow, dlt sources and database tables, from one description in dlt's language.

>>> import rest_source
>>> source = rest_source.Source("payments.yaml")
>>> for payment in source.payments.fetch(limit=10):
...     print(payment["id"])

A resource is a stream of Arrow: ``polars.DataFrame(source.payments)``, ``duckdb.sql("from payments")``,
``pyarrow.table(source.payments)``. ``rest_source.dlt(source)`` is a source of dlt, and ``source.load("duckdb:shop.duckdb")``
loads into a database without dlt.
"""

from importlib.metadata import version as _version

from ._dlt import dlt
from ._errors import DescriptionError, DescriptionWarning, Error, FetchError, LoadError
from ._native import Batch, Batches, Records
from ._report import LoadReport, ResourceReport
from ._source import Resource, Source

__version__ = _version("rest-source")

__all__ = [
    "Batch",
    "Batches",
    "DescriptionError",
    "DescriptionWarning",
    "Error",
    "FetchError",
    "LoadError",
    "LoadReport",
    "Records",
    "Resource",
    "ResourceReport",
    "Source",
    "dlt",
]
