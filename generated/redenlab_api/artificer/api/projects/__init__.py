"""The operations tagged projects."""
