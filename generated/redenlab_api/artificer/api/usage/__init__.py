"""The operations tagged usage."""
