"""The operations tagged search."""
