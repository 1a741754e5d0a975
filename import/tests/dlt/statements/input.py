import dlt
from dlt.sources.rest_api import RESTAPIConfig, rest_api_resources

NAMES = ["issues", "pulls"]
PATHS = {"orders": {"path": "/orders", "key": "id"}, "items": {"path": "/items", "key": "sku"}}

def make(name, size=10):
    """A resource."""
    return {"name": name, "endpoint": {"path": f"repos/{name}", "params": {"size": size}}}

@dlt.source
def shop(org: str = "a"):
    resources = []
    resources.append({"name": "repos", "endpoint": {"path": f"orgs/{org}/repos"}})
    resources += [{"name": n, "endpoint": {"path": n}} for n in NAMES]
    resources.extend([make("x"), make("y", size=5)])
    for key, value in PATHS.items():
        resources.append({"name": key, "primary_key": value["key"], "endpoint": {"path": value.get("path")}})
    if org:
        resources.append({"name": "conditional"})
    config = RESTAPIConfig(client={"base_url": "https://api.shop.example"}, resources=resources)
    config["client"]["paginator"] = "single_page"
    config["resource_defaults"] = {"write_disposition": "append"}
    config.update({"resource_defaults": {"write_disposition": "replace"}})
    yield from rest_api_resources(config)
    resources.append({"name": "late"})
