"""The operations tagged transcriptions."""
