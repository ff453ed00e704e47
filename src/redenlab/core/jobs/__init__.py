"""The job engine: submit exactly once, poll, read the result, handles, health, segments.

May import everything but `redenlab.core.clients`; knows no backend.
"""
