"""The operations tagged hardware."""
