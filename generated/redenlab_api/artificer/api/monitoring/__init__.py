"""The operations tagged monitoring."""
