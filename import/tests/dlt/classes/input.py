import dlt
import requests
from dlt.sources.helpers.rest_client.auth import APIKeyAuth, BearerTokenAuth, HttpBasicAuth, OAuth2ClientCredentials
from dlt.sources.helpers.rest_client.paginators import (
    BasePaginator,
    HeaderLinkPaginator,
    JSONLinkPaginator,
    JSONResponseCursorPaginator,
    OffsetPaginator,
    PageNumberPaginator,
    SinglePagePaginator,
)
from dlt.sources.rest_api import RESTAPIConfig, rest_api_source


class PostBodyPaginator(BasePaginator):
    def update_state(self, response, data=None):
        self._has_next_page = False


def drop_names(record):
    record.pop("name", None)
    return record


def set_encoding(response, *args, **kwargs):
    response.encoding = "utf-8"
    return response


config: RESTAPIConfig = {
    "client": {
        "base_url": "https://api.classes.example/v1",
        "auth": BearerTokenAuth(token=dlt.secrets["classes_token"]),
        "paginator": HeaderLinkPaginator(),
        "session": requests.Session(),
    },
    "resources": [
        {"name": "offsets", "endpoint": {"paginator": OffsetPaginator(100, total_path=None, stop_after_empty_page=True)}},
        {"name": "pages", "endpoint": {"paginator": PageNumberPaginator(base_page=1, total_path="meta.pages")}},
        {"name": "links", "endpoint": {"paginator": JSONLinkPaginator("links.next")}},
        {"name": "cursors", "endpoint": {"paginator": JSONResponseCursorPaginator(cursor_path="next", cursor_param="after")}},
        {"name": "singles", "endpoint": {"paginator": SinglePagePaginator(), "auth": HttpBasicAuth("reader", dlt.secrets.value)}},
        {
            "name": "keys",
            "endpoint": {
                "auth": APIKeyAuth(name="X-API-Key", api_key=dlt.secrets["other.api_key"], location="header"),
                "response_actions": [
                    {"status_code": 404, "action": "ignore"},
                    {"status_code": 200, "action": set_encoding},
                    set_encoding,
                ],
            },
        },
        {
            "name": "tokens",
            "endpoint": {
                "auth": OAuth2ClientCredentials(
                    access_token_url="https://auth.classes.example/token",
                    client_id=dlt.config["client_id"],
                    client_secret=dlt.secrets["client_secret"],
                ),
                "incremental": dlt.sources.incremental("updated_at", initial_value="2024-01-01T00:00:00Z"),
                "params": {"since": "{incremental.start_value}"},
            },
        },
        {
            "name": "steps",
            "endpoint": {"path": "steps", "paginator": PostBodyPaginator()},
            "processing_steps": [
                {"filter": lambda record: record["id"] > 10},
                {"map": drop_names},
            ],
        },
    ],
}
