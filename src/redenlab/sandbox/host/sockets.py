"""The two sockets of a sandbox as one ASGI application: what requests reach, and what they meet."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from redenlab.core.spec.expressions import Headers
from redenlab.sandbox.engine.messages import Received
from redenlab.sandbox.faults import Faults
from redenlab.sandbox.host.app import Api, Objects, note_fault, recorded
from redenlab.sandbox.host.faulty import Target, fault_routes, faulty
from redenlab.sandbox.host.folder import Folder
from redenlab.sandbox.host.identity import Identity
from redenlab.sandbox.host.local import local, near
from redenlab.sandbox.host.page import Page
from redenlab.sandbox.host.recorder import Recorder
from redenlab.sandbox.host.served import Served
from redenlab.sandbox.host.storage import Storage
from redenlab.sandbox.host.talks import Talks


class Sockets:
    """APIs, storage, sign-in and page.

    Attributes:
        app: All of it.
        storage: The storage.
    """

    def __init__(  # noqa: PLR0913 - all that is to be put together
        self,
        served: Sequence[Served],
        folder: Folder,
        secret: str,
        identity: Identity,
        recorder: Recorder,
        faults: Faults,
        storage_port: int,
    ) -> None:
        """Put it together; links are signed with `secret`."""
        self._storage_port = storage_port
        self._served = {each.name: each for each in served}
        titles = [(each.name, each.title, each.url) for each in served]
        views = [each.views for each in served]
        self._page = Page(
            recorder, lambda: [v for view in views for v in view()], titles, faults.listed
        )
        stage = self._served["ml"].path if "ml" in self._served else ""
        own = self._page.app(*fault_routes(faults))
        paths = ", ".join(each.path for each in served)
        nothing = {"error": f"there is nothing here; backends are below {paths}"}

        async def missing(_request: Request, _error: Exception) -> Response:
            return JSONResponse(nothing, 404)

        routes = identity.routes(stage)
        signing_in = Starlette(routes=routes, exception_handlers={404: missing})
        self._api = Api(served, folder, _beside(own, local(signing_in)))
        self._objects = Objects(self._api, served[0].links)
        self.storage: Storage = Storage(self._objects, secret, folder.incoming)
        self._stored = self.storage.app()
        app = faulty(self._reached, faults, self._target, note_fault)
        app = recorded(app, recorder, self._api, storage_port)
        self.app: ASGIApp = near(_by_protocol(app, Talks(served, faults, recorder)))

    def close(self) -> None:
        """Let the server stop."""
        self._page.close()

    async def _reached(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The API, the storage, and the backends themselves at links that are not signed."""
        if scope["server"][1] != self._storage_port:
            await self._api(scope, receive, send)
            return
        link = self._objects.link(scope["path"].removeprefix("/"))
        if link is None or link.method:
            await self._stored(scope, receive, send)
        else:
            await self._api.serve(link.served, scope, receive, send)

    def _target(self, scope: Scope) -> Target:
        """What a request is for; the backend knows better once it has responded."""
        state = scope["state"]
        if "target" not in state:
            state["target"] = self._aim(scope)
        found: Target = state["target"]
        return found

    def _aim(self, scope: Scope) -> Target:
        if scope["server"][1] == self._storage_port:
            link = self._objects.link(scope["path"].removeprefix("/"))
            method, at = scope["method"], f"storage/{scope['method']}"
            if link is None:
                return Target(at)
            found, _ = link.served.aim(Received(link.method or method, link.url, Headers({})))
            return found._replace(at=at, step="upload" if method == "PUT" else "")
        served = self._api.backend(scope["path"])
        if served is None:
            return Target("")
        query = scope["query_string"].decode("latin-1")
        url = f"{served.address(scope['path'])}{'?' if query else ''}{query}"
        found, job = served.aim(Received(scope["method"], url, Headers({})))
        scope["state"]["job"] = job
        return found


def _by_protocol(http: ASGIApp, talks: ASGIApp) -> ASGIApp:
    """Requests, and WebSockets."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        await (talks if scope["type"] == "websocket" else http)(scope, receive, send)

    return choose


def _beside(own: ASGIApp, other: ASGIApp) -> ASGIApp:
    """The page and what it needs, and the sign-in."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        is_own = scope["path"] == "/" or scope["path"].startswith("/_sandbox/")
        await (own if is_own else other)(scope, receive, send)

    return choose
