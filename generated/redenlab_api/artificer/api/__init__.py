"""The operations, grouped as the spec tags them."""
