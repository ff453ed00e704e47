"""The operations tagged messages."""
