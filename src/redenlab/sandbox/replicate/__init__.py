"""The Replicate API of the sandbox below ``/v1``: state, files, streams and webhooks."""
