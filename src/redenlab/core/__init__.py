"""The runtime that every backend stands on; it knows none of them."""
