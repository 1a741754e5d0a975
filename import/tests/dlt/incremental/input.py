from datetime import datetime, timedelta

from dlt.sources.rest_api import rest_api_source

source = rest_api_source(
    config={
        "client": {"base_url": "https://api.forum.example", "paginator": "json_link"},
        "resources": [
            {
                "name": "posts",
                "endpoint": {
                    "path": "/posts",
                    "params": {
                        "since": {
                            "type": "incremental",
                            "cursor_path": "created_at",
                            "initial_value": (datetime.now() - timedelta(days=7)).isoformat(),
                            "convert": lambda value: int(value),
                        },
                    },
                },
            },
            {
                "name": "comments",
                "endpoint": {
                    "path": "posts/{post_id}/comments",
                    "params": {"post_id": {"type": "resolve", "resource": "posts", "field": "id"}},
                },
                "include_from_parent": ["id", "title"],
                "columns": [{"name": "created_at", "data_type": "timestamp"}],
                "parallelized": True,
            },
            {
                "name": "search",
                "endpoint": {
                    "path": "search",
                    "method": "POST",
                    "json": {"filters": {"author": "{resources.posts.author}"}, "limit": 50},
                    "incremental": {"cursor_path": "created_at", "start_param": "from", "end_param": "to",
                                    "initial_value": "2024-01-01", "end_value": "2024-02-01"},
                },
                "write_disposition": {"disposition": "merge", "strategy": "upsert"},
                "primary_key": ("id", "version"),
                "selected": False,
            },
        ],
    }
)
