"""One step along a link type: the joint between the model's links and what is read over them."""

from dataclasses import dataclass

from graph_api.model import Direction, LinkField


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a link type, to far kinds."""

    link: str
    direction: Direction
    far: tuple[str, ...]
    positioned: bool
    """Whether the far entities stand in the order of the link's position."""

    def __str__(self) -> str:
        """Draw the hop as Cypher would."""
        left, right = ("-", "->") if self.direction is Direction.OUT else ("<-", "-")
        return f"{left}[:{self.link}]{right} {'|'.join(self.far)}"

    @classmethod
    def along(cls, link_field: LinkField) -> "Hop":
        """Describe the step that a link field takes."""
        link = link_field.link
        positioned = link.positioned and link_field.direction is Direction.OUT
        return cls(link.name, link_field.direction, link_field.far, positioned)
