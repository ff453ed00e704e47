"""The operations tagged tokens."""
