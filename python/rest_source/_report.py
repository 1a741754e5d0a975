"""What a load did."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class ResourceReport:
    """What a load did for one resource."""

    resource: str
    #: Records that came and were committed: as rows, rejected or discarded.
    records: int
    #: Rows that were committed.
    rows: int
    #: Records that are in quarantine.
    rejected: int
    #: Records that ``schema_contract`` leaves out.
    discarded: int
    pages: int
    retries: int
    elapsed_seconds: float
    #: Whether the load resumed an earlier one.
    resumed: bool
    #: ``complete``, ``failed``, or ``stopped`` by a limit.
    outcome: str


@dataclass(frozen=True)
class LoadReport:
    """What a load did. Its text is the table that the command line prints."""

    pipeline: str
    elapsed_seconds: float
    resources: list[ResourceReport]
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def rows(self) -> int:
        """Rows that were committed, of all resources."""
        return sum(resource.rows for resource in self.resources)

    @property
    def is_complete(self) -> bool:
        """Whether every record of every resource is loaded."""
        return all(resource.outcome == "complete" for resource in self.resources)

    def __getitem__(self, resource: str) -> ResourceReport:
        for one in self.resources:
            if one.resource == resource:
                return one
        raise KeyError(resource)

    @classmethod
    def _of(cls, text: str, table: str) -> LoadReport:
        report = json.loads(text)
        resources = [_resource(one) for one in report["resources"]]
        return cls(report["pipeline"], report["elapsed_seconds"], resources, table)


def _resource(one: dict[str, Any]) -> ResourceReport:
    # A failure has its error with it.
    outcome = one["outcome"]
    one["outcome"] = outcome if isinstance(outcome, str) else next(iter(outcome))
    return ResourceReport(**{field.name: one[field.name] for field in fields(ResourceReport)})
