"""Ways to convene: rules as data, routes, thresholds of the day, clocks, a comparison.

`compare` lays out every route for a case; docs/convene.md shows it, docs/methods/convening.md says
how it is worked out.
"""
