"""The operations tagged assessments_v2."""
