"""The operations tagged deployments."""
