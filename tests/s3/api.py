"""The least API that hands out links to a storage, on a real socket."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Api:
    """Takes jobs, and completes them at once.

    Attributes:
        link: Makes the upload link of the next job.
        calls: Method and path of every call, in order.
    """

    def __init__(self, link: Callable[[], str]) -> None:
        self.link = link
        self.calls: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._server.server_port}/prod"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _response(self, call: str) -> dict[str, Any]:
        if call.endswith("/upload-url"):
            key = {"file_key": "uploads/j/a.wav", "expires_in": 900}
            return {"job_id": "j", "upload_url": self.link(), **key}
        if call.startswith("POST"):
            return {"job_id": "j", "status": "processing", "message": "queued"}
        return {"job_id": "j", "status": "completed", "result": {"intelligibility_score": 0.85}}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                call = f"{self.command} {self.path.partition('?')[0]}"
                api.calls.append(call)
                body = json.dumps(api._response(call)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - the base class looks for this name

            def log_message(self, *_: Any) -> None:
                """Stay quiet."""

        return Handler
