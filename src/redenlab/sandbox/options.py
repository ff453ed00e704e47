"""Settings of a sandbox and of its clients."""

import os
from collections.abc import Sequence
from typing import Literal, TypedDict

from redenlab.core.clients import base
from redenlab.core.jobs.poll import Poll

Profile = Literal["key", "token"]
"""The credential of requests, which selects the contract that the API speaks."""

POLL = Poll(initial=0.05, factor=1.5, max_interval=1.0)
"""Poll intervals of the sandbox's own clients, whose jobs take seconds, not minutes."""


KEEP_SECONDS = 24 * 3600.0
"""Seconds for which the sandbox keeps recordings."""


class Options(TypedDict, total=False):
    """Settings of a sandbox.

    Attributes:
        spec: An OpenAPI document to serve instead of the bundled backends.
        folder: Keeps jobs and recordings over a restart; ``None`` is a temporary folder that is
            removed with the sandbox.
        port: Of the API; 0 is any free one.
        storage_port: Of the storage; 0 is any free one.
        api_key: The key that is accepted; ``None`` makes one, and keeps it in the folder.
        processing: Minimum seconds that a job takes.
        link_seconds: Seconds for which a link is valid.
        token_seconds: Seconds for which an access token is valid.
        keep_seconds: Seconds after which a recording and other files that were received are
            deleted: a day. Bodies of requests that are JSON stay in the folder.
        host: Where to listen: ``127.0.0.1``, ``::1`` or another loopback name.
        faults: What goes wrong, such as ``status=503 times=3 at=ml/get_result``.
        seed: Of everything that is made up; ``None`` makes ids that no other folder has, and values
            that are the same everywhere.
    """

    spec: str | os.PathLike[str] | None
    folder: str | os.PathLike[str] | None
    port: int
    storage_port: int
    api_key: str | None
    processing: float
    link_seconds: int
    token_seconds: int
    keep_seconds: float
    host: str
    faults: Sequence[str]
    seed: str | None


class ClientOptions(base.Options, total=False):
    """Arguments of a client; each replaces the value that the sandbox sets."""

    api_key: str | None
    base_url: str | None
    model_name: str | None
    timeout: float | None
