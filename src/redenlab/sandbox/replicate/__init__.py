"""The Replicate of the sandbox: its API below ``/v1``, with state, files, streams and webhooks."""
