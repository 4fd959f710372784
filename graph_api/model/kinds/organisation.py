"""Who acts: departments, partners and the roles of people in them."""

from graph_api.model.declare import Entity, own
from graph_api.model.values import Count, Text, Word


class Department(Entity):
    """A part of our own organisation."""

    mission: Text | None = own("What it is there for.", substance=True)
    headcount: Count | None = own("How many people work in it.", ordered=True, substance=True)


class Partner(Entity):
    """An outside organisation that serves the journey."""

    mission: Text | None = own("What it is there for.", substance=True)


class Stakeholder(Entity):
    """A role that has a stake; never a private person's data."""

    title: Word | None = own("The role's title.", substance=True)
    lead: bool | None = own("Whether it leads its department.")
