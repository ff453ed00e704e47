"""What there is of Artificer from the start, and where it is listed."""

from collections.abc import Mapping
from typing import Final

from redenlab.sandbox.artificer.model import MODEL
from redenlab.sandbox.engine.backend import Record
from redenlab.sandbox.engine.service import Service

CONVERSATIONS, PROJECTS, DOCUMENTS = "/api/conversations", "/api/projects", "/api/documents"
FORMATS = ("markdown", "notion", "obsidian", "google-docs", "json", "html")
ID: Final[Mapping[str, str]] = {"type": "string", "example": "cm4x9a7pt0001qwertyuiopas"}
"""How ids look."""

INFO: Final[Record] = {
    "id": MODEL,
    "name": "Echo",
    "contextLength": 8192,
    "inputCost": 2.0,
    "outputCost": 2.0,
    "maxOutputTokens": None,
}
RECORDS: Final[Mapping[str, list[Record]]] = {
    CONVERSATIONS: [],
    PROJECTS: [],
    DOCUMENTS: [],
    "/api/models": [INFO],
    "/api/models/fallback": [INFO],
    "/api/auth/keys": [],
    "/api/export/formats": [{"id": n, "name": n, "extensions": [f".{n}"]} for n in FORMATS],
    "/health": [{"status": "ok", "timestamp": "2026-01-01T00:00:00.000Z", "mode": "database"}],
}


def now(service: Service) -> str:
    """This moment, as it is sent."""
    return str(service.stamp(service.setting.now(), {}))
