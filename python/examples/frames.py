"""The payments of an API as data frames and SQL, without a database between.

    rest-source demo &
    python python/examples/frames.py
"""

import os
from pathlib import Path

import duckdb
import polars
import rest_source

description = Path(__file__).with_name("payments.yaml")
source = rest_source.Source(
    description,
    base_url=os.environ.get("API"),
    secrets={"access_token": "demo-access-token"},
)

payments = polars.DataFrame(source.payments)
print(payments.group_by("currency").agg(polars.col("amount").sum(), polars.len()).sort("currency"))

refunds = source.refunds
print(duckdb.sql("select currency, count(*) as refunds from refunds group by 1 order by 1"))
