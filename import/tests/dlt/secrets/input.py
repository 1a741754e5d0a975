import os
from dlt.sources.rest_api import rest_api_source

TOKEN = "hunter2longtoken"
OTHER_KEY = "hunter2otherkey"

class Settings:
    PASSWORD = "hunter2class"

source = rest_api_source({
    "client": {
        "base_url": "https://bob:hunter2pw@api.plain.example/bot123456789:AAHhunter2dqTcvCH1vGWJxfSeofSAs0K5PALDsaw/",
        "headers": {
            "X-Custom": TOKEN,
            "X-Trace": f"t-{TOKEN}",
            "X-Token": os.getenv("XTOK", "hunter2default"),
            "X-Literal": "hunter2otherkey",
            "X-Class": Settings.PASSWORD,
            "User-Agent": "x",
        },
    },
    "resources": [
        {
            "name": "orders",
            "primary_key": "id",
            "endpoint": {
                "path": "orders?api_key=hunter2q&x=1",
                "params": {"q": TOKEN, "password": "hunter2a", "ids": [TOKEN]},
                "json": {"password": "hunter2b"},
            },
        },
    ],
})
