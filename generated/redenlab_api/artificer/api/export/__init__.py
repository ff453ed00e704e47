"""The operations tagged export."""
