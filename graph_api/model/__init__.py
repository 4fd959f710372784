"""What there is: kinds, fields and links, each declared once. Read `kinds/` and `links/` first, then `catalogue`."""

from graph_api.model.catalogue import MODEL, Direction, Interface, Kind, LinkField, LinkType, Model, Property

__all__ = ["MODEL", "Direction", "Interface", "Kind", "LinkField", "LinkType", "Model", "Property"]
