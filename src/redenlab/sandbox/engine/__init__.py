"""A backend that is made from a spec alone: requests in, responses out, no I/O.

`redenlab.sandbox.engine.engine.Engine` serves the operations of every job of a spec, and follows
each job to the end that a scenario wants. Nothing here knows a backend: what a response has to hold
follows from ``x-job``, and everything else is invented from the schemas.
"""
