"""The operations tagged probes."""
