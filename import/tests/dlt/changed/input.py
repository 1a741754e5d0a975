from dlt.sources.rest_api import rest_api_source

source = rest_api_source({"client": {"base_url": "https://api.shop.example"}, "resources": ["a"]})

@source.a.add_map
def changed(item):
    return item

source.resources["a"].apply_hints(primary_key="id")
source.a.add_filter(lambda item: item)
source.add_limit(10)
source = source.with_resources("a")
