"""Loads an API into DuckDB, without dlt. Run it again: what was loaded is updated, and nothing is doubled.

    rest-source demo &
    python python/examples/load.py
"""

import os
from pathlib import Path

import rest_source

source = rest_source.Source(
    Path(__file__).with_name("payments.yaml"),
    base_url=os.environ.get("API"),
    secrets={"access_token": "demo-access-token"},
)
print(source.load("duckdb:payments.duckdb"))
