"""A GraphQL selection becomes a Plan, a Plan becomes one Cypher statement, its record becomes the response.

Read in this order: `plan` (what a plan is; `outline` prints one), `planner` (selection to plan, with `condition` for
filters and `page` for orders and cursors), `render` (plan to Cypher, with `where` and `order`), `shape` (record to
response), `run` (all of it, for one operation).
"""
