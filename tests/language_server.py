"""A conversation with pyright's language server: what an editor would offer at a place."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self


class LanguageServer:
    """Speaks LSP 3.17 over standard input and output, one request at a time."""

    def __init__(self, folder: Path) -> None:
        """Start it on a folder, whose ``pyrightconfig.json`` counts."""
        program = Path(sys.executable).with_name("pyright-langserver")
        self._process = subprocess.Popen(
            [str(program), "--stdio"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._number = 0
        root = {"uri": folder.as_uri(), "name": "folder"}
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root["uri"],
                "workspaceFolders": [root],
                "capabilities": {},
            },
        )
        self._tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def completions(self, path: Path, text: str) -> set[str]:
        """What is offered where ``|`` stands in `text`."""
        before = text.partition("|")[0]
        line, character = before.count("\n"), len(before.rpartition("\n")[2])
        document = {"uri": path.as_uri()}
        opened = {"languageId": "python", "version": 1, "text": text.replace("|", "", 1)}
        self._tell("textDocument/didOpen", {"textDocument": document | opened})
        place = {"textDocument": document, "position": {"line": line, "character": character}}
        found = self._ask("textDocument/completion", place) or {}
        self._tell("textDocument/didClose", {"textDocument": document})
        items = found["items"] if isinstance(found, dict) and "items" in found else []
        return {item["label"].strip("\"'") for item in items}

    def _tell(self, method: str, parameters: Any) -> None:
        self._write({"method": method, "params": parameters})

    def _ask(self, method: str, parameters: Any) -> Any:
        self._number += 1
        self._write({"id": self._number, "method": method, "params": parameters})
        while True:
            message = self._read()
            if message.get("id") == self._number and "method" not in message:
                return message.get("result")
            if "id" in message:  # the server asks for its settings; it gets the usual ones
                count = len(message.get("params", {}).get("items", ()) or ())
                self._write({"id": message["id"], "result": [None] * count})

    def _write(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise EOFError("the language server has gone")
        return json.loads(self._process.stdout.read(length))
