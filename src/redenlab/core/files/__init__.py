"""Bytes in and out: recordings from any source, uploads to storage, files behind links.

May import `redenlab.core.errors`, `events`, `text`, `spec`, `transport`, `auth` and `calls`; knows
no job states.
"""
