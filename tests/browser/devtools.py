"""A headless Chromium, driven over the DevTools protocol through a pair of pipes.

The protocol is JSON with a NUL after each message: commands to descriptor 3 of the browser, results
and events from descriptor 4. So no port is open, and no client library is needed.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]

OPTIONS = (
    "--headless",
    "--no-sandbox",  # it cannot be set up in containers, and only our own page is opened
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--remote-debugging-pipe",
    "--window-size=1200,900",
)

KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
"""Virtual key codes, and the text that a key types."""


class Browser:
    """The process, and its pipes."""

    def __init__(self, folder: Path) -> None:
        """Start it with a fresh profile below `folder`."""
        binary = subprocess.run(
            [ROOT / ".ci" / "chromium"], stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        theirs_in, self._to = os.pipe()
        self._from, theirs_out = os.pipe()
        self._log = folder / "chromium.log"
        flags = os.O_WRONLY | os.O_CREAT
        self._process = os.posix_spawn(
            binary,
            [binary, *OPTIONS, f"--user-data-dir={folder / 'profile'}", "about:blank"],
            {**os.environ, "HOME": str(folder)},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 2, str(self._log), flags, 0o600),
                (os.POSIX_SPAWN_DUP2, theirs_in, 3),
                (os.POSIX_SPAWN_DUP2, theirs_out, 4),
            ],
            setpgroup=0,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._received = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []
        self.version: str = self.send("Browser.getVersion")["product"]

    def send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come first go to `events`."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        text = json.dumps(message | ({"sessionId": session} if session else {}))
        os.write(self._to, text.encode() + b"\0")
        while (answer := self._receive()).get("id") != self._number:
            self.events.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def close(self) -> None:
        """End it, its helper processes included."""
        os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._to)
        os.close(self._from)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            data = os.read(self._from, 1 << 20)
            assert data, f"the browser ended:\n{self._log.read_text()}"
            self._received += data
        message, _, self._received = self._received.partition(b"\0")
        return json.loads(message)


class Tab:
    """A tab, with everything that went wrong or was requested in it.

    `expected` is part of the one text that may be logged.
    """

    expected: str = ""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.send("Target.attachToTarget", targetId=target, flatten=True)
        self._target, self._session = target, attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    @classmethod
    @contextmanager
    def at(cls, browser: Browser, url: str) -> Iterator[Self]:
        """A tab that shows `url`."""
        tab = cls(browser)
        tab.send("Page.navigate", url=url)
        yield tab
        browser.send("Target.closeTarget", targetId=tab._target)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command to the tab."""
        return self.browser.send(method, self._session, **parameters)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, awaited if it is a promise."""
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in answer, f"{expression}: {answer['exceptionDetails']}"
        return answer["result"].get("value")

    def wait_for(self, condition: str) -> Any:
        """Wait in the browser until an expression is true, and return its value."""
        look = f"(() => {{ try {{ return {condition}; }} catch {{ return null; }} }})()"
        return self.evaluate(
            "new Promise((resolve) => { const look = () => {"
            f"const found = {look}; found ? resolve(found) : setTimeout(look, 20); }}; look(); }})"
        )

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key and release it."""
        code, text = KEYS[key]
        event = {"key": key, "code": "Space" if key == " " else key, "modifiers": 8 * shift}
        event |= {"windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", **event, text=text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **event)

    def type(self, text: str) -> None:
        """Insert a text where the focus is."""
        self.send("Input.insertText", text=text)

    def happened(self, *methods: str) -> list[dict[str, Any]]:
        """The parameters of all events of these names so far."""
        self.evaluate("0")  # so that what was sent before has been read
        return [
            event["params"]
            for event in self.browser.events
            if event["method"] in methods and event.get("sessionId") == self._session
        ]
