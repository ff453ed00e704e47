"""The operations tagged probe_packs."""
