"""The operations tagged inference."""
