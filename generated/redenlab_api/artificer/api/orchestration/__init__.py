"""The operations tagged orchestration."""
