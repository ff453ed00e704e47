"""Who is calling, and where the API is: secrets, settings, keys, OAuth 2.0, webhook signatures.

May import `redenlab.core.errors`, `text`, `spec` and `transport`; knows nothing of jobs.
"""
