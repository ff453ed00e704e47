"""The operations tagged chat."""
