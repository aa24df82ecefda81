"""A made-up writer's world, offline, for trying engage out, for tests and for pictures."""

from __future__ import annotations

from engage.services.desk import Desk


def fill(desk: Desk) -> None:
    """Fill an empty desk with a dozen people, two months of posts, comments and touches; every
    reason of the inbox is present. Dates are relative to the desk's clock."""
    raise NotImplementedError
