# -*- coding: utf-8 -*-
def build(*, key: str, **others):
    r"""Odd forms \d of things."""
    loop = loop_again
    loop_again = loop
    if key:
        base = 'https://api.odd.example/{}'.format("v1")
    else:
        base = "https://api.odd.example/v2"
    settings = dict(
        client=dict(base_url=base, auth={"type": "api_key", "name": "key", "api_key": key, "location": "query"}),
        resources=[
            "things",
            {"endpoint": {"path": "named", "params": {"n": 0x10, "big": 1_000, "f": 1.5e3, "neg": -1, "none": None, "t": True}}, "name": "named"},
            {"name": "joined", "endpoint": {"path": ("a"
                                                     "/b"), "params": {"é": "\u00e9\t\"q\"", "raw": r"a\d", "br": "{{x}}"}}},
            {"name": "unknown", "endpoint": {"path": compute_path(), "paginator": "single_page"}},
            {"name": "loops", "endpoint": {"path": "loops", "params": {"x": loop}}},
            {"name": "first", "name": "second", "endpoint": "second"},
            ("tuple",),
        ] + ["more"],
    )
    settings["client"]["paginator"] = "auto"
    return rest_api_resources(settings)
