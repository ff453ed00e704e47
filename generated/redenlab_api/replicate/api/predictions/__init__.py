"""The operations tagged predictions."""
