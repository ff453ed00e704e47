"""The sandbox on real sockets: requests, state on disk, storage, webhooks, the page."""
