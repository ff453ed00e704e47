"""A service on loopback whose misbehaviour is chosen by the names of the recordings.

``fails.wav`` ends badly, ``runs.wav`` never ends, everything else gets a score. `refusals` turn
whole routes down.
"""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "key-for-tests-0123456789"
SCORE = 0.75


class FakeApi:
    """What the loopback server knows.

    Attributes:
        url: Its base URL.
        refusals: Status by the beginning of a path.
        names: The recordings by job id.
        submitted: Job ids, in the order of submission.
        keys: Every key that a request carried.
        bodies: What was submitted.
        result: What good jobs answer.
    """

    def __init__(self) -> None:
        self.url = ""
        self.refusals: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.submitted: list[str] = []
        self.keys: set[str | None] = set()
        self.bodies: list[dict[str, Any]] = []
        self.result: Any = {"intelligibility_score": SCORE}
        self._lock = threading.Lock()

    def respond(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        """The status and JSON for one request."""
        path = path.partition("?")[0]
        for beginning, status in self.refusals.items():
            if path.startswith(beginning):
                return status, {"error": "refused"}
        with self._lock:
            return self._response(method, path, body)

    def _response(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        if path == "/upload-url":
            job_id = f"job-{len(self.names)}"
            self.names[job_id] = json.loads(body)["filename"]
            url = f"{self.url}/put/{job_id}"
            ticket = {"job_id": job_id, "upload_url": url, "file_key": job_id, "expires_in": 900}
            return 200, ticket
        if method == "PUT":
            return 200, {}
        if method == "POST":
            self.bodies.append(json.loads(body))
            job_id = self.bodies[-1]["job_id"]
            self.submitted.append(job_id)
            return 200, {"job_id": job_id, "status": "processing"}
        return self._get_status(path.rpartition("/")[2])

    def _get_status(self, job_id: str) -> tuple[int, Any]:
        match self.names.get(job_id):
            case "fails.wav":
                return 200, {"job_id": job_id, "status": "failed", "error": "no speech in it"}
            case "runs.wav":
                return 200, {"job_id": job_id, "status": "processing"}
            case _:
                return 200, {"job_id": job_id, "status": "completed", "result": self.result}


@contextmanager
def serving() -> Generator[FakeApi]:
    """Serve on a free port."""
    fake_api = FakeApi()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fake_api.keys.add(self.headers.get("X-Api-Key"))
            status, value = fake_api.respond(self.command, self.path, body)
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PUT = do_GET  # noqa: N815 - the names that the standard library calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake_api.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield fake_api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
