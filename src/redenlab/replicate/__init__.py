"""Replicate: models behind predictions."""
