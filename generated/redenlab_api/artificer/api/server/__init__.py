"""The operations tagged server."""
