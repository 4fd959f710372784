"""Who may do what: the one table of roles. Every surface asks it, none decides for itself.

A field of `Query` or `Subscription` needs READ, one of `Mutation` CHANGE. Nothing depends on the entity that is read:
the graph is one house, and whoever may enter may see all of it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody is to this service; each may do all that the one before it may."""

    VIEWER = "VIEWER"
    EDITOR = "EDITOR"
    ADMIN = "ADMIN"


class Permission(StrEnum):
    """One thing that a role may do."""

    READ = "READ"
    """Ask questions, follow changes, read the schema and the metrics."""
    CHANGE = "CHANGE"
    """Change the graph, and take back change sets of one's own."""
    REVERT = "REVERT"
    """Take back change sets of others."""


MAY: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.VIEWER: frozenset({Permission.READ}),
        Role.EDITOR: frozenset({Permission.READ, Permission.CHANGE}),
        Role.ADMIN: frozenset(Permission),
    }
)

NEEDED: Mapping[str, Permission] = MappingProxyType(
    {"query": Permission.READ, "subscription": Permission.READ, "mutation": Permission.CHANGE}
)
"""What each sort of operation needs, before any of it is done."""
