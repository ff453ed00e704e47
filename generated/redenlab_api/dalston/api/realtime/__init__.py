"""The operations tagged realtime."""
