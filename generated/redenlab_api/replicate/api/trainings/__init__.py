"""The operations tagged trainings."""
