"""Descriptions that are dictionaries, such as those of dlt's ``rest_api_source``."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

#: The keys of ``auth`` whose values are credentials.
CREDENTIALS = {
    "access_token",
    "api_key",
    "client_secret",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "token",
}

#: What the names of headers and parameters that have credentials contain.
NAMES = re.compile("authorization|cookie|api.?key|token|secret|password", re.IGNORECASE)

#: What names a value instead of being one.
PLACEHOLDER = re.compile(r"\{(secrets|config)\.|dlt\.(secrets|config)\b")


class Written(NamedTuple):
    """A description that was read elsewhere."""

    #: What errors call it.
    file: str
    text: bytes
    name: str | None


def text_of(description: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The description as JSON, and the credentials that it had in it, by the names that it has for them now."""
    secrets: dict[str, str] = {}
    named = _named(description, [], secrets)
    return json.dumps(named, indent=2, ensure_ascii=False), secrets


def _named(value: Any, path: list[str], secrets: dict[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _named(inner, [*path, str(key)], secrets) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_named(inner, [*path, f"[{index}]"], secrets) for index, inner in enumerate(value)]
    if isinstance(value, str):
        return _placeholder(value, path, secrets) if _is_credential(value, path) else str(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    place = ".".join(path).replace(".[", "[")
    raise TypeError(
        f"`{place}` is an object of the class `{type(value).__name__}`, and a description has only dictionaries, lists, "
        f"texts and numbers; write it as a dictionary with its `type`"
    )


def _is_credential(value: str, path: list[str]) -> bool:
    if not value or PLACEHOLDER.search(value):
        return False
    if "auth" in path[:-1]:
        return path[-1] in CREDENTIALS
    return len(path) > 1 and path[-2] in ("headers", "params") and bool(NAMES.search(path[-1]))


def _placeholder(value: str, path: list[str], secrets: dict[str, str]) -> str:
    wanted = re.sub(r"\W+", "_", path[-1]).strip("_").lower()
    name, number = wanted, 1
    while secrets.setdefault(name, value) != value:
        number += 1
        name = f"{wanted}_{number}"
    return f"{{secrets.{name}}}"
