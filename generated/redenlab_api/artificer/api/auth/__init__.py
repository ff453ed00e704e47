"""The operations tagged auth."""
