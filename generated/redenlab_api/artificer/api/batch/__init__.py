"""The operations tagged batch."""
