"""Endpoints of models, files, collections, hardware and the account."""

import hmac
import json
import time
from base64 import b64encode
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from redenlab.sandbox.replicate.backend import ACCOUNT, Replicate
from redenlab.sandbox.replicate.catalogue import MODELS
from redenlab.sandbox.replicate.forms import parts
from redenlab.sandbox.replicate.problems import Problem, not_found
from redenlab.sandbox.replicate.requests import (
    MAX_FILE_BYTES,
    body,
    json_response,
    numbered,
    paged,
    raw,
)
from redenlab.sandbox.replicate.store import Document
from redenlab_api.replicate import server

PAGE = 25
COLLECTION = {
    "name": "Sandbox",
    "slug": "sandbox",
    "description": "Everything that this sandbox has.",
}
HARDWARE = {
    "cpu": "CPU",
    "gpu-t4": "Nvidia T4 GPU",
    "gpu-a40-small": "Nvidia A40 GPU",
    "gpu-a40-large": "Nvidia A40 (Large) GPU",
}


class Resources:
    """Methods have the names of the operations, with underscores for dots."""

    def __init__(self, backend: Replicate) -> None:
        """Serve `backend`."""
        self._backend = backend

    async def account_get(self, _: Request) -> Response:
        """The account of the token."""
        return json_response(ACCOUNT)

    async def hardware_list(self, _: Request) -> Response:
        """The hardware options, as a bare array."""
        return json_response([{"name": name, "sku": sku} for sku, name in HARDWARE.items()])

    async def webhooks_default_secret_get(self, _: Request) -> Response:
        """The secret that signs webhooks."""
        return json_response({"key": self._backend.webhook_secret})

    async def collections_list(self, request: Request) -> Response:
        """The only collection."""
        return paged(request, self._backend.url, numbered([COLLECTION]), PAGE)

    async def collections_get(self, request: Request) -> Response:
        """The collection and its models."""
        if request.path_params["collection_slug"] != COLLECTION["slug"]:
            raise not_found()
        return json_response({**COLLECTION, "full_description": None, "models": self._models()})

    async def search(self, request: Request) -> Response:
        """Models whose name or description has the text."""
        text = request.query_params.get("query")
        if not text:
            raise Problem(400, "query is required")
        limit = request.query_params.get("limit", "20")
        if not limit.isdecimal() or not 1 <= int(limit) <= 50:
            raise Problem(400, "limit has to be 1 to 50")
        found = self._found(text)[: int(limit)]
        metadata: Document = {"generated_description": None, "tags": [], "score": 1.0}
        entries = [{"model": model, "metadata": metadata} for model in found]
        return json_response({"query": text, "models": entries, "collections": [], "pages": []})

    # -- models

    async def models_list(self, request: Request) -> Response:
        """Every model."""
        return paged(request, self._backend.url, numbered(self._models()), self._size)

    async def models_search(self, request: Request) -> Response:
        """Every model that fits the text in the body (QUERY)."""
        text = (await raw(request, 10_000)).decode(errors="replace")
        return paged(request, self._backend.url, numbered(self._found(text)), self._size)

    async def models_create(self, request: Request) -> Response:
        """Create a model without versions."""
        given = await body(request, server.ModelRequest)
        name = f"{given['owner']}/{given['name']}"
        if name in MODELS or self._backend.store.get("models", name):
            raise Problem(409, "A model with that name and owner already exists")
        if given.pop("hardware") not in HARDWARE:
            raise Problem(422, "There is no such hardware")
        self._backend.store.put("models", name, {"is_official": False, "run_count": 0, **given})
        return json_response(self._backend.model(given["owner"], given["name"]), 201)

    async def models_get(self, request: Request) -> Response:
        """Return one model."""
        return json_response(self._backend.model(*self._name(request)))

    async def models_update(self, request: Request) -> Response:
        """Update a model of the account."""
        owner, name = self._name(request)
        own = self._own(owner, name)
        own |= await body(request, server.ModelUpdate)
        self._backend.store.put("models", f"{owner}/{name}", own)
        return json_response(self._backend.model(owner, name))

    async def models_delete(self, request: Request) -> Response:
        """Delete a model of the account that has no version."""
        owner, name = self._name(request)
        self._own(owner, name)
        if self._backend.versions(owner, name):
            raise Problem(403, "Only models without versions can be deleted")
        self._backend.store.delete("models", f"{owner}/{name}")
        return Response(status_code=204)

    async def models_readme_get(self, request: Request) -> Response:
        """The readme of a model."""
        model = self._backend.model(*self._name(request))
        text = model.get("readme") or f"# {model['name']}\n\n{model.get('description') or ''}\n"
        return Response(text, media_type="text/plain")

    async def models_examples_list(self, request: Request) -> Response:
        """The examples of a model, always an empty list."""
        self._backend.model(*self._name(request))
        return paged(request, self._backend.url, [], PAGE)

    async def models_versions_list(self, request: Request) -> Response:
        """The versions, the newest first; official models do not show theirs."""
        name = self._name(request)
        if self._backend.model(*name)["is_official"]:
            raise not_found()
        versions = numbered(self._backend.versions(*name))
        return paged(request, self._backend.url, versions, self._size)

    async def models_versions_get(self, request: Request) -> Response:
        """Return one version."""
        return json_response(self._version(request))

    async def models_versions_delete(self, request: Request) -> Response:
        """Delete a version."""
        version = self._version(request)["id"]
        full = "/".join(self._name(request))
        gone = self._backend.store.get("gone", full) or {}
        self._backend.store.put("gone", full, {**gone, version: True})
        return Response(status_code=202)

    @property
    def _size(self) -> int:
        return min(PAGE, self._backend.page_size)

    def _models(self) -> list[Document]:
        made = self._backend.store.newest("models")
        own = [f"{model['owner']}/{model['name']}" for _, model in made]
        return [self._backend.model(*name.split("/")) for name in (*own, *MODELS)]

    def _found(self, text: str) -> list[Document]:
        wanted = text.lower().split()
        return [
            model
            for model in self._models()
            if all(word in f"{model['name']} {model.get('description')}".lower() for word in wanted)
        ]

    def _name(self, request: Request) -> tuple[str, str]:
        return request.path_params["model_owner"], request.path_params["model_name"]

    def _own(self, owner: str, name: str) -> Document:
        found = self._backend.store.get("models", f"{owner}/{name}")
        if found is None:
            raise not_found()
        return found

    def _version(self, request: Request) -> Document:
        wanted = request.path_params["version_id"]
        for version in self._backend.versions(*self._name(request)):
            if version["id"] == wanted:
                return version
        raise not_found()

    # -- files

    async def files_list(self, request: Request) -> Response:
        """The newest files first."""
        found = self._backend.store.newest("files")
        return paged(request, self._backend.url, found, self._backend.page_size)

    async def files_create(self, request: Request) -> Response:
        """Store an uploaded file."""
        content = await raw(request, MAX_FILE_BYTES)
        form = {p.name: p for p in parts(request.headers.get("content-type", ""), content)}
        if "content" not in form:
            raise Problem(400, "Missing content")
        file = form["content"]
        try:
            metadata = json.loads(form["metadata"].content if "metadata" in form else b"{}")
        except ValueError:
            raise Problem(400, "The metadata is not JSON") from None
        kind = form["type"].content.decode() if "type" in form else file.content_type
        name = form["filename"].content.decode() if "filename" in form else file.filename
        return json_response(
            self._backend.add_file(name or "file", kind, file.content, metadata), 201
        )

    async def files_get(self, request: Request) -> Response:
        """Return one file."""
        return json_response(self._backend.file(request.path_params["file_id"])[0])

    async def files_delete(self, request: Request) -> Response:
        """Delete a file."""
        self._backend.delete_file(request.path_params["file_id"])
        return Response(status_code=204)

    async def files_download(self, request: Request) -> Response:
        """The bytes of a file, by a signed URL."""
        file_id, query = request.path_params["file_id"], request.query_params
        _, path = self._backend.file(file_id)
        expiry = query.get("expiry", "")
        text = f"{query.get('owner', '')} {file_id} {expiry}"
        digest = hmac.digest(self._backend.files_secret.encode(), text.encode(), sha256)
        signature = query.get("signature", "").encode()
        fresh = expiry.isdecimal() and int(expiry) > time.time()
        if not hmac.compare_digest(b64encode(digest), signature) or not fresh:
            raise Problem(404, "File not found")
        return Response(path.read_bytes(), media_type="application/octet-stream")
