"""The operations tagged models."""
