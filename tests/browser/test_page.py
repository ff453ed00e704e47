"""The page of the sandbox in a real browser: what it shows, what it does, and for whom."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from browser.devtools import Browser, Tab
from redenlab.sandbox.host.page import Page
from redenlab.sandbox.host.recorder import JobView, Recorder
from redenlab.sandbox.host.server import Server, listen, origin

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

HOSTILE = '"><img src=x onerror="document.title=1"><script>document.title=2</script>'
KEY = "sk_secret_of_the_test"
NOW = 1_800_000_000.0


@dataclass
class Ordered:
    number: int
    fault: str
    met: int = 0


@dataclass
class Backend:
    """The page over a sandbox that a test plays."""

    recorder: Recorder = field(default_factory=Recorder)
    jobs: list[JobView] = field(default_factory=list)
    ordered: list[Ordered] = field(default_factory=list)
    posted: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def note(self, operation: str = "get_result", **changes: Any) -> None:
        self.recorder.note(
            **{
                "at": NOW + 1,
                "seconds": 0.012,
                "backend": "ml",
                "operation": operation,
                "job": "job-1",
                "method": "GET",
                "url": f"{self.url}/ml/prod/jobs/job-1",
                "headers": {"X-Api-Key": KEY, "accept": "application/json"},
                "body": b"",
                "status": 200,
                "fault": "",
                "size": 123,
                **changes,
            }
        )

    def routes(self) -> list[Route]:
        return [
            Route("/_sandbox/faults", self._order, methods=["POST"]),
            Route("/_sandbox/faults/{number:int}", self._remove, methods=["DELETE"]),
        ]

    async def _order(self, request: Request) -> Response:
        order = await request.json()
        if order["at"] == "refused":
            return Response(f"no operation is called {HOSTILE}", 422)
        self.posted.append(order)
        self.ordered.append(Ordered(len(self.posted), f"{order['kind']} at={order['at']}"))
        return JSONResponse({"number": len(self.posted)}, 201)

    async def _remove(self, request: Request) -> Response:
        number = request.path_params["number"]
        self.ordered = [one for one in self.ordered if one.number != number]
        return Response(status_code=204)


def job(name: str = "job-1", **changes: Any) -> JobView:
    times = {"created": NOW, "submitted": NOW + 1, "started": NOW + 1.5, "ended": NOW + 4}
    kind = {"backend": "ml", "job": "predict", "model": "a_model"}
    state = {"state": "succeeded", "status": "COMPLETED"}
    return JobView(**{"id": name, **kind, **state, **times, **changes})


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One process for all tests."""
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def backend() -> Iterator[Backend]:
    """A played sandbox with one job that ended, and three requests of it."""
    backend = Backend()
    with listen("127.0.0.1", 0) as listener:
        backend.url = origin(listener)
        page = Page(
            backend.recorder,
            lambda: list(backend.jobs),
            [("ml", "RedenLab ML", f"{backend.url}/ml/prod")],
            lambda: list(backend.ordered),
        )
        server = Server(page.app(*backend.routes()), [listener])
        backend.jobs.append(job())
        body = json.dumps({"file": "o'brien.wav"}).encode()
        backend.note("predict", method="POST", body=body, size=80)
        backend.note(at=NOW + 2)
        backend.note(at=NOW + 3, status=503, fault="status=503")
        yield backend
        page.close()
        server.join()


@pytest.fixture
def tab(browser: Browser, backend: Backend) -> Iterator[Tab]:
    """The page, loaded; at the end nothing was logged, and nothing went elsewhere."""
    browser.send(
        "Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"]
    )
    with Tab.at(browser, backend.url) as tab:
        tab.wait_for("document.querySelectorAll('#requests tbody tr').length > 2")
        yield tab
        logged = [entry["entry"]["text"] for entry in tab.happened("Log.entryAdded")]
        assert [text for text in logged if not (tab.expected and tab.expected in text)] == []
        assert tab.happened("Runtime.exceptionThrown", "Runtime.consoleAPICalled") == []
        sent = tab.happened("Network.requestWillBeSent")
        assert {request["request"]["url"].split("?")[0] for request in sent} >= {f"{backend.url}/"}
        urls = [request["request"]["url"] for request in sent]
        elsewhere = [url for url in urls if not url.startswith((f"{backend.url}/", "data:"))]
        assert elsewhere == []


def rows(tab: Tab, table: str) -> list[list[str]]:
    """The texts of a table's cells."""
    return tab.evaluate(
        f"[...document.querySelectorAll('#{table} tbody tr')]"
        ".map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )


def click(tab: Tab, name: str) -> None:
    """Click the button of this text, wherever it is."""
    where = tab.evaluate(
        f"(() => {{ const found = [...document.querySelectorAll('button')]"
        f".find((button) => button.textContent === {json.dumps(name)});"
        "found.scrollIntoView({block: 'center'}); const box = found.getBoundingClientRect();"
        "return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })()"
    )
    for event in ("mousePressed", "mouseReleased"):
        tab.send("Input.dispatchMouseEvent", type=event, **where, button="left", clickCount=1)


def focused(tab: Tab) -> str:
    """The accessible name of what has the focus, as far as this page has any."""
    return tab.evaluate(
        "(document.activeElement.ariaLabel || document.activeElement.textContent"
        " || document.activeElement.id).trim()"
    )


def tab_to(tab: Tab, name: str) -> None:
    """Press Tab until the focus is on what has this name."""
    for _ in range(200):
        tab.press("Tab")
        if focused(tab) == name:
            return
    pytest.fail(f"Tab never reaches {name!r}")


def test_backends_jobs_requests_and_counters_are_listed(tab: Tab, backend: Backend) -> None:
    assert rows(tab, "backends") == [["ml", "RedenLab ML", f"{backend.url}/ml/prod"]]
    (row,) = rows(tab, "jobs")
    assert row[:4] == ["ml/predict job-1", "a_model", "COMPLETED (succeeded)", "4.0"]
    assert rows(tab, "counters") == [["ml/get_result", "2"], ["ml/predict", "1"]]
    newest = rows(tab, "requests")[0]
    assert newest[1:6] == ["GET ml/get_result", "503", "12", "123", "status=503"]
    assert tab.evaluate("document.getElementById('summary').textContent") == (
        "Jobs: 1; of the latest, 1 succeeded. Requests: 3; of the latest, 1 with a fault."
    )


def test_a_timeline_has_its_segments_in_order_and_a_tick_for_each_request(tab: Tab) -> None:
    drawn = tab.evaluate(
        "[...document.querySelectorAll('.timeline rect')].map((shape) => "
        "[shape.getAttribute('class'), Math.round(parseFloat(shape.getAttribute('x')))])"
    )
    assert drawn == [
        ["upload", 0],
        ["queue", 25],
        ["run", 37],
        ["tick", 25],
        ["tick", 50],
        ["fault", 75],
    ]
    assert tab.evaluate("document.querySelector('.timeline').getAttribute('aria-label')") == (
        "upload 1.0 s, queue 0.5 s, run 2.5 s, 3 requests, 1 with a fault"
    )
    red = "getComputedStyle(document.querySelector('.timeline .fault')).fill"
    assert tab.evaluate(red) == "rgb(179, 38, 30)"


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"submitted": None, "started": None, "ended": None}, "upload 0.0 s"),
        ({"submitted": None, "started": None}, "upload 4.0 s"),
        ({"started": None, "ended": None}, "upload 1.0 s, run 0.0 s"),
        ({"started": None}, "upload 1.0 s, run 3.0 s"),
        ({"ended": None}, "upload 1.0 s, queue 0.5 s, run 0.0 s"),
    ],
)
def test_a_timeline_has_the_segments_that_are_known(
    tab: Tab, backend: Backend, times: dict[str, float | None], said: str
) -> None:
    backend.jobs = [job("job-2", **times)]
    tab.wait_for("document.querySelector('#jobs tbody').innerText.includes('job-2')")
    label = "document.querySelector('.timeline').getAttribute('aria-label')"
    assert tab.evaluate(label) == f"{said}, 0 requests, 0 with a fault"


def test_what_happens_later_is_shown_without_a_reload(tab: Tab, backend: Backend) -> None:
    tab.evaluate("window.kept = document.querySelector('#requests tbody tr:last-child')")
    tab.evaluate("kept.querySelector('details').open = true")
    backend.note(job="job-2", at=NOW + 5)
    tab.wait_for("document.querySelectorAll('#requests tbody tr').length === 4")
    backend.jobs.append(job("job-2", created=NOW + 5, state="failed", status="FAILED"))
    tab.wait_for("document.querySelectorAll('#jobs tbody tr').length === 2")
    assert rows(tab, "jobs")[0][0] == "ml/predict job-2"
    assert tab.evaluate("kept.isConnected && kept.querySelector('details').open")
    tab.wait_for("document.getElementById('summary').textContent.startsWith('Jobs: 2')")


def test_a_request_is_shown_once_after_the_stream_was_interrupted(
    tab: Tab, backend: Backend
) -> None:
    tab.evaluate("events.onopen()")
    backend.note()
    tab.wait_for("document.querySelectorAll('#requests tbody tr').length === 4")


def test_a_button_orders_a_fault_and_another_removes_it(tab: Tab, backend: Backend) -> None:
    tab.evaluate("document.getElementById('at').value = 'ml/get_*'")
    click(tab, "503, 3 times")
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 1")
    assert backend.posted == [{"kind": "status", "at": "ml/get_*", "status": 503, "times": 3}]
    assert rows(tab, "faults") == [["status at=ml/get_*", "0", "remove"]]
    backend.ordered = [Ordered(1, "status at=ml/get_*", met=2)]
    tab.wait_for("document.querySelector('#faults tbody').innerText.includes('2')")
    click(tab, "remove")
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 0")
    assert backend.ordered == []


def test_the_focus_stays_where_a_row_above_it_goes(tab: Tab, backend: Backend) -> None:
    backend.ordered = [Ordered(1, "drip"), Ordered(2, "cut")]
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 2")
    tab.evaluate("document.querySelector('#faults tbody tr:last-child button').focus()")
    backend.ordered = [Ordered(2, "cut")]
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 1")
    assert focused(tab) == "remove: cut"


def test_every_button_orders_a_fault_of_its_own(tab: Tab, backend: Backend) -> None:
    buttons = tab.evaluate(
        "[...document.querySelectorAll('fieldset button')].map((button) => button.textContent)"
    )
    for count, name in enumerate(buttons, 1):
        click(tab, name)
        tab.wait_for(f"document.querySelectorAll('#faults tbody tr').length === {count}")
    assert len(buttons) == 16
    assert len({json.dumps(order) for order in backend.posted}) == 16


def test_a_refused_order_is_said(tab: Tab) -> None:
    tab.expected = "422"
    tab.evaluate("document.getElementById('at').value = 'refused'")
    click(tab, "drip")
    tab.wait_for("document.getElementById('problem').textContent.includes('no operation')")
    assert tab.evaluate("document.querySelectorAll('#problem *').length") == 0


def test_copy_as_curl_puts_a_line_without_the_key_into_the_clipboard(
    tab: Tab, backend: Backend
) -> None:
    backend.note("predict", method="POST", body=b'{"file": "o\'brien.wav"}')
    tab.wait_for("document.querySelectorAll('#requests tbody tr').length === 4")
    click(tab, "copy as curl")
    tab.wait_for("document.getElementById('notice').textContent.includes('Request 4')")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == (
        f"curl -X POST {backend.url}/ml/prod/jobs/job-1 "
        "-H \"X-Api-Key: $API_KEY\" -H 'accept: application/json' "
        """--data-raw '{"file": "o'"'"'brien.wav"}'"""
    )
    assert KEY not in tab.evaluate("document.documentElement.outerHTML")


def test_everything_can_be_reached_and_pressed_by_keyboard(tab: Tab, backend: Backend) -> None:
    tab_to(tab, "at")
    tab.send("Input.dispatchKeyEvent", type="keyDown", key="a", modifiers=2, commands=["selectAll"])
    tab.type("ml/predict")
    tab_to(tab, "reset after accept")
    tab.press("Enter")
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 1")
    tab_to(tab, "stuck")
    tab.press(" ")
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 2")
    assert [order["kind"] for order in backend.posted] == ["reset-after", "stuck"]
    assert {order["at"] for order in backend.posted} == {"ml/predict"}
    tab_to(tab, "remove: reset-after at=ml/predict")
    tab.press("Enter")
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 1")
    tab.wait_for("document.activeElement.ariaLabel === 'remove: stuck at=ml/predict'")
    tab.press("Enter")
    tab.wait_for("document.activeElement.id === 'at'")
    tab_to(tab, "GET ml/get_result")
    tab.press("Enter")
    tab.wait_for("document.activeElement.parentElement.open")
    tab_to(tab, "copy as curl: request 3")
    tab.press(" ")
    tab.wait_for("document.getElementById('notice').textContent.includes('Request 3')")


def test_tab_stops_at_every_control_and_each_stop_is_visible(tab: Tab, backend: Backend) -> None:
    backend.ordered.append(Ordered(1, "drip"))
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 1")
    controls = tab.evaluate(
        "[...document.querySelectorAll('a, button, input, summary, [tabindex=\"0\"]')].length"
    )
    reached = set()
    for _ in range(controls):
        tab.press("Tab")
        reached.add(
            tab.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        )
        style = "getComputedStyle(document.activeElement)"
        assert tab.evaluate(f"parseFloat({style}.outlineWidth)") >= 2
        assert tab.evaluate(f"{style}.outlineStyle") == "solid"
    assert len(reached) == controls


@pytest.mark.parametrize(("scheme", "back"), [("light", [255, 255, 255]), ("dark", [21, 22, 26])])
def test_texts_and_drawings_have_contrast(
    tab: Tab, backend: Backend, scheme: str, back: list[int]
) -> None:
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    tab.send("Emulation.setEmulatedMedia", features=features)
    backend.ordered.append(Ordered(1, "drip"))
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 1")
    click(tab, "copy as curl")
    tab.wait_for("document.getElementById('notice').textContent")
    tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tab.evaluate("document.getElementById('problem').textContent = 'a problem'")
    measured = tab.evaluate(Path(__file__).with_name("contrast.js").read_text())
    assert measured["back"] == back
    assert len(measured["texts"]) > 60
    assert [one for one in measured["texts"] if one[1] < 4.5] == []
    assert [one for one in measured["shapes"] if one[1] < 3] == []


def test_nothing_moves_where_the_reader_asks_for_less_motion(tab: Tab) -> None:
    name = "getComputedStyle(document.querySelector('#requests tr')).animationName"
    assert tab.evaluate(name) == "arrive"
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    tab.send("Emulation.setEmulatedMedia", features=features)
    assert tab.evaluate(name) == "none"


def test_hostile_texts_stay_texts(tab: Tab, backend: Backend) -> None:
    backend.jobs.append(job(HOSTILE, model=HOSTILE, status=HOSTILE, job=HOSTILE, backend=HOSTILE))
    backend.note(
        HOSTILE,
        backend=HOSTILE,
        url=f"{backend.url}/{HOSTILE}",
        job=HOSTILE,
        method="<b>",
        fault=HOSTILE,
        headers={"x-name": HOSTILE, "x-key`id`": "$(id)"},
        body=HOSTILE.encode(),
    )
    backend.ordered.append(Ordered(1, HOSTILE))
    tab.wait_for("document.querySelectorAll('#requests tbody tr').length === 4")
    tab.wait_for("document.querySelectorAll('#faults tbody tr').length === 1")
    tab.wait_for("document.querySelectorAll('#jobs tbody tr').length === 2")
    assert HOSTILE in rows(tab, "jobs")[0][0]
    assert HOSTILE in rows(tab, "requests")[0][5]
    assert HOSTILE in rows(tab, "faults")[0][0]
    assert tab.evaluate("document.querySelectorAll('img, td b').length") == 0
    assert tab.evaluate("document.querySelectorAll('script').length") == 1
    assert tab.evaluate("document.title") == "RedenLab sandbox"


def test_the_policy_lets_no_text_become_code(tab: Tab) -> None:
    tab.expected = "requires 'TrustedHTML' assignment"
    blocked = tab.evaluate(
        "(() => { try { document.body.innerHTML = '<b>'; return 'set'; }"
        " catch (error) { return error.name; } })()"
    )
    assert blocked == "TypeError"


def test_the_page_has_headings_captions_and_names(tab: Tab) -> None:
    assert tab.evaluate("document.querySelectorAll('h1').length") == 1
    assert tab.evaluate(
        "[...document.querySelectorAll('table')].every((table) => table.caption.textContent)"
    )
    tree = tab.send("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "link", "textbox", "combobox", "image", "region", "table"}
    nameless = [
        node["role"]["value"]
        for node in tree
        if not node["ignored"]
        and node["role"]["value"] in roles
        and not node.get("name", {}).get("value")
    ]
    assert nameless == []
