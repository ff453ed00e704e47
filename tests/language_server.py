"""A conversation with pyright's language server: what an editor would offer at a place."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from processes import environment


class LanguageServer:
    """Speaks LSP 3.17 over standard input and output, one request at a time."""

    def __init__(self, folder: Path) -> None:
        """Start it on `folder`, whose ``pyrightconfig.json`` counts."""
        self.folder = folder
        program = Path(sys.executable).with_name("pyright-langserver")
        self._process = subprocess.Popen(
            [str(program), "--stdio"],
            cwd=folder,
            env=environment(),
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
        (found,) = self.all_completions(path, text)
        return found

    def all_completions(self, path: Path, text: str) -> list[set[str]]:
        """What is offered at each ``|``."""
        return [
            {item["label"].strip("\"'") for item in (found or {}).get("items", ())}
            for found in self._asked("completion", path, text)
        ]

    def hovers(self, path: Path, text: str) -> list[str]:
        """What is shown when the mouse points at each ``|``; empty for nothing."""
        found = self._asked("hover", path, text)
        return [each["contents"]["value"] if each else "" for each in found]

    def definitions(self, path: Path, text: str) -> list[list[str]]:
        """The lines, of any file, that the name at each ``|`` is defined by."""
        return [
            [_line(place) for place in found or ()]
            for found in self._asked("definition", path, text)
        ]

    def signatures(self, path: Path, text: str) -> tuple[int | None, list[str]]:
        """The signatures of the call around ``|``, and which of them is the active one."""
        (found,) = self._asked("signatureHelp", path, text)
        return found.get("activeSignature"), [each["label"] for each in found["signatures"]]

    def _asked(self, what: str, path: Path, text: str) -> list[Any]:
        """The answers to one question at each ``|`` in the text of an open document."""
        *before, _ = text.split("|")
        document = {"uri": path.as_uri()}
        opened = {"languageId": "python", "version": 1, "text": text.replace("|", "")}
        self._tell("textDocument/didOpen", {"textDocument": document | opened})
        found: list[Any] = []
        for number in range(len(before)):
            lines = "".join(before[: number + 1]).split("\n")
            position = {"line": len(lines) - 1, "character": len(lines[-1])}
            asked = {"textDocument": document, "position": position}
            found.append(self._ask(f"textDocument/{what}", asked))
        self._tell("textDocument/didClose", {"textDocument": document})
        return found

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


def _line(place: Any) -> str:
    """The line of a file that a definition begins in."""
    text = Path(unquote(urlsplit(place["uri"]).path)).read_text()
    return text.splitlines()[place["range"]["start"]["line"]].strip()
