"""The operations tagged pii."""
