import os

import dlt
from dlt.sources.rest_api import rest_api_source

from .settings import COUNTRIES, TEAM

VERSION = 3
HOST = "https://shop.example"
BASE_URL = f"{HOST}/api/v{VERSION}"
PATHS = ["orders", "order_lines"]
COMMON = {"write_disposition": "merge", "primary_key": "id"}
PAGES = {"type": "page_number", "base_page": 1, "total_path": "page." "total"}


@dlt.source
def shop(
    store: str,
    token: str = dlt.secrets.value,
    region: str = "eu",
    page_size: int = 100,
    archived: bool = False,
    team: str = None,
    start_date=dlt.config.value,
):
    defaults = {**COMMON, "endpoint": {"params": {"size": page_size}, "paginator": PAGES}}
    defaults["endpoint"]["params"]["archived"] = archived
    path = "stores/%s/customers" % store
    return rest_api_source(
        {
            "client": {
                "base_url": BASE_URL + "/" + region,
                "headers": {"Authorization": f"Token {token}", "X-Build": os.environ["BUILD_ID"]},
            },
            "resource_defaults": defaults,
            "resources": [
                {"name": "customers", "endpoint": {"path": path, "params": {"team": team}}},
                {
                    "name": "invoices",
                    "endpoint": {
                        "path": "stores/{0}/customers/{{resources.customers.id}}/invoices".format(store),
                        "params": {"from": start_date, "archived": archived},
                    },
                },
                *[{"name": p, "endpoint": {"path": f"stores/{store}/{p}"}} for p in PATHS],
                {"name": "countries", "endpoint": {"path": "countries", "params": {"only": COUNTRIES}}},
                {"name": TEAM, "endpoint": "team"},
                load_team(),
            ],
        },
        name="shop",
        max_table_nesting=1,
    )
