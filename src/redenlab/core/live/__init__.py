"""Realtime sessions: audio one way over a WebSocket, and messages about it the other way.

`session` has all that may happen between two calls: reading, back pressure, reconnecting, the end.
What a backend's messages mean is up to its codec, which does no I/O.
"""
