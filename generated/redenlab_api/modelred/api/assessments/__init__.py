"""The operations tagged assessments."""
