"""The operations tagged conversations."""
