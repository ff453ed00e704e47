"""One public call: signing, retries, the deadline, and what observers are told.

May import `redenlab.core.errors`, `events`, `text`, `spec`, `transport` and `auth`; knows neither
uploads nor jobs.
"""
