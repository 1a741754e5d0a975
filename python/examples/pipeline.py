"""A pipeline of dlt whose source yields Arrow.

    rest-source demo &
    python python/examples/pipeline.py
"""

import os
from pathlib import Path

import dlt
import rest_source

source = rest_source.Source(
    Path(__file__).with_name("payments.yaml"),
    base_url=os.environ.get("API"),
    secrets={"access_token": "demo-access-token"},
)
pipeline = dlt.pipeline("payments", destination="duckdb", dataset_name="api")
print(pipeline.run(rest_source.dlt(source)))
print(pipeline.last_trace.last_normalize_info.row_counts)
