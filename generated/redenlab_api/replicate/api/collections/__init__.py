"""The operations tagged collections."""
