"""A small bridge: the API that polls, over a cog server, which tells by webhooks."""

import json
import threading
import uuid
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

ENDS = {"succeeded", "failed", "canceled"}


class Bridge:
    """Serves predictions of the cog server at a port of this machine.

    Attributes:
        url: The base URL.
        upload_url: Where the cog server puts the files that it makes.
        files: The content of those, by their paths.
    """

    def __init__(self, cog_port: int) -> None:
        self._cog_port = cog_port
        self._known: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self._changed = threading.Lock()
        bridge = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                file = bridge.files.get(self.path)
                found = bridge.look(self.path.rpartition("/")[2])
                self._answer(*(found if file is None else (200, file)))

            def do_PUT(self) -> None:
                bridge.files[self.path] = self._body()
                self._answer(200, b"")

            def do_POST(self) -> None:
                self._answer(*bridge.act(self.path.strip("/").split("/"), self._body()))

            def _body(self) -> bytes:
                if self.headers.get("Transfer-Encoding") != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = list[bytes]()
                while size := int(self.rfile.readline(), 16):
                    parts.append(self.rfile.read(size))
                    self.rfile.readline()
                self.rfile.readline()
                return b"".join(parts)

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._here = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self._here}/v1"
        self.upload_url = f"{self._here}/files/"
        poll = {"poll_interval": 0.01}
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs=poll)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def look(self, name: str) -> tuple[int, bytes]:
        """The prediction as the last webhook showed it."""
        with self._changed:
            found = self._known.get(name)
        return (404, b'{"detail": "no such prediction"}') if found is None else (200, _json(found))

    def act(self, path: list[str], body: bytes) -> tuple[int, bytes]:
        """Create a prediction, cancel one, or hear of one."""
        if path[0] == "hook":
            with self._changed:
                if self._known.get(path[1], {}).get("status") not in ENDS:  # they may be late
                    self._known[path[1]] = {**json.loads(body), "id": path[1]}
            return 200, b"{}"
        if path[-1] == "cancel":
            return self._ask("POST", f"/predictions/{path[-2]}/cancel", None)
        name = uuid.uuid4().hex[:26]
        sent = {
            "input": json.loads(body)["input"],
            "webhook": f"{self._here}/hook/{name}",
            "webhook_events_filter": ["start", "output", "logs", "completed"],
        }
        status, answer = self._ask("PUT", f"/predictions/{name}", sent)
        if status >= 400:
            return status, _json({"detail": answer.decode(), "status": status})
        with self._changed:
            self._known.setdefault(name, {**json.loads(answer), "id": name})
            return 201, _json(self._known[name])

    def _ask(self, method: str, path: str, body: Any) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self._cog_port, timeout=60)
        headers = {"Content-Type": "application/json", "Prefer": "respond-async"}
        connection.request(method, path, b"" if body is None else _json(body), headers)
        response = connection.getresponse()
        found = response.status, response.read()
        connection.close()
        return found


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()
