"""Records as dictionaries, and what a mistake looks like.

    rest-source demo &
    python python/examples/records.py
"""

import os
from pathlib import Path

import rest_source

source = rest_source.Source(
    Path(__file__).with_name("payments.yaml"),
    base_url=os.environ.get("API"),
    secrets={"access_token": "demo-access-token"},
)
for payment in source.payments.fetch(limit=3):
    print(payment["id"], payment["amount"], payment["currency"])

try:
    rest_source.Source({"client": {"base_url": "https://api.example.com", "paginator": "page"}, "resources": ["a"]})
except rest_source.DescriptionError as error:
    print(error)
