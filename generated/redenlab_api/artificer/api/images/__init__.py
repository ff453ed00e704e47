"""The operations tagged images."""
