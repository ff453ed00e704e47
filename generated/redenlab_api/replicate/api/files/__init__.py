"""The operations tagged files."""
