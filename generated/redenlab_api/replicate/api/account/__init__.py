"""The operations tagged account."""
