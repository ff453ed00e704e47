"""Low-level clients, one sub-package per backend, generated from ``openapi/``.

The modules beside this one are shared by every backend: what a request and a response are
(`types`), how JSON becomes models and back (`codec`), what can go wrong (`errors`) and the plain
client (`client`). None of them knows a backend.
"""
