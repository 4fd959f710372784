"""A GraphQL selection becomes a Plan, a Plan becomes one Cypher statement, its record becomes the response.

Read in this order: `plan` (what a plan is), `planner` (selection to plan), `render` (plan to Cypher), `shape` (record
to response), `run` (all of it, for one operation).
"""
