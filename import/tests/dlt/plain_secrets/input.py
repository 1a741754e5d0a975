from dlt.sources.rest_api import rest_api_source

TOKEN = "sk_live_5f4dcc3b5aa765d61d83"

source = rest_api_source({
    "client": {
        "base_url": "http://api.plain.example/v1",
        "auth": {"type": "api_key", "name": "X-Api-Key", "api_key": TOKEN},
        "headers": {"Authorization": "Bearer 5f4dcc3b5aa765d61d83", "X-Session": "5f4dcc3b5aa765d61d83"},
    },
    "resources": [
        {"name": "orders", "endpoint": {"path": "orders", "params": {"access_token": TOKEN, "status": "open"}}},
    ],
})
