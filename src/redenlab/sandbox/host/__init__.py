"""The servers of the sandbox: HTTP around the engine."""
