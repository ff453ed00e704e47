"""The HTTP side of the sandbox: the applications behind its sockets."""
