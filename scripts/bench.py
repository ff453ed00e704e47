"""Measure redenlab against its peers on loopback: ratios within one run, never digits alone.

    make bench                       the whole table, about two minutes
    python scripts/bench.py call     only the rows whose name contains "call"

Each figure is the median of several rounds in which both sides take turns. Nothing but loopback is
contacted, every loop is bounded, and the servers are children that end with the table.
"""

import compileall
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from multiprocessing import Process, Queue
from pathlib import Path

import long_results
import many_models
from watched_jobs import IDEAL, watched

ROOT = Path(__file__).resolve().parent.parent
TREES = (ROOT / "src" / "redenlab", ROOT / "generated" / "redenlab_api")
KEY = "sk_test_bench_0123456789"
GIB = 1024**3
JOB = (
    b'{"job_id":"j","status":"completed","result":{"intelligibility_score":0.85},'
    b'"created_at":"2025-01-15T10:30:00Z","completed_at":"2025-01-15T10:35:00Z"}'
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    peer: str
    value: float
    bar: str
    holds: bool


# ---- servers -----------------------------------------------------------------------------------


def _serve(ports: "Queue[int]") -> None:
    """Answer every request with a job, and throw bodies away as fast as they come."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        ports.put(port)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_talk, args=(connection, port), daemon=True).start()


def _talk(connection: socket.socket, port: int) -> None:
    view = memoryview(bytearray(1024 * 1024))
    ticket = (
        b'{"job_id":"j","file_key":"k","expires_in":900,'
        b'"upload_url":"http://127.0.0.1:%d/put?signature=0"}' % port
    )
    with connection, contextlib.suppress(OSError):
        while head := _head(connection):
            lines, _, rest = head.partition(b"\r\n\r\n")
            if b"\r\nexpect: 100" in lines.lower():
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            left = _length(lines) - len(rest)
            while left > 0:
                left -= connection.recv_into(view, min(left, len(view))) or left
            body = ticket if b"/upload-url" in lines else JOB
            if lines.startswith(b"PUT"):
                body = b""
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def _head(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65536)
        if not part:
            return b""
        head += part
    return head


def _length(lines: bytes) -> int:
    for line in lines.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a server in a process of its own."""
    ports: Queue[int] = Queue()
    process = Process(target=_serve, args=(ports,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ports.get(timeout=10)}"
    finally:
        process.terminate()
        process.join()


# ---- measuring ---------------------------------------------------------------------------------


def alternate(
    ours: Callable[[], float], peer: Callable[[], float], rounds: int
) -> tuple[float, float]:
    """Medians of both, measured in turns so that a busy moment hits both alike."""
    pairs = [(ours(), peer()) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _python(code: str, *arguments: str, stdin: int | None = None) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
        stdin=stdin,
        timeout=300,
    ).stdout.strip()


def _wall(statement: str) -> Callable[[], float]:
    """Milliseconds that a statement takes in a fresh interpreter, start-up left out."""
    code = f"import time; t = time.perf_counter(); {statement}; print(time.perf_counter() - t)"
    return lambda: float(_python(code)) * 1000


def bench_import() -> Iterator[Row]:
    """How long a program waits before its first line."""
    ours, peer = alternate(_wall("import redenlab"), _wall("import httpx"), 15)
    yield _at_most("import redenlab / import httpx", ours, peer, 0.2, "ms")
    make = f"redenlab.InferenceClient('{KEY}', 'https://api.example.com/prod')"
    ours, peer = alternate(
        _wall(f"import redenlab; {make}"), _wall("import httpx; httpx.Client()"), 15
    )
    yield _at_most("import + client / import httpx + client", ours, peer, 1.15, "ms")


SCHEMAS = 300


def bench_generation() -> Iterator[Row]:
    """How long a spec edit takes, and what a large API costs to import."""
    root = Path(__file__).resolve().parent.parent
    program = [sys.executable, str(root / "scripts" / "generate.py")]
    begun = time.perf_counter()
    subprocess.run([*program, "--check"], check=True, timeout=120)
    seconds = time.perf_counter() - begun
    yield Row("generating all specs", f"{seconds:.1f} s", "", seconds, "≤ 15 s", seconds <= 15)
    with tempfile.TemporaryDirectory() as folder:
        specs, tree = Path(folder) / "openapi", Path(folder) / "generated"
        specs.mkdir()
        (specs / "big.yaml").write_text(_big_spec(root / "tests" / "example_specs" / "acme.yaml"))
        command = [*program, "--specs", str(specs), "--output", str(tree)]
        subprocess.run(command, check=True, timeout=120)
        path = f"import sys; sys.path.insert(0, {str(tree)!r})"
        ours, peer = alternate(
            _wall(f"{path}; import httpx; import redenlab_api.big.api.default.get_caption"),
            _wall(f"{path}; import httpx"),
            15,
        )
    over = ours - peer
    yield Row(
        f"import of one of {SCHEMAS} schemas over httpx",
        f"{ours:.1f} ms",
        f"{peer:.1f} ms",
        over,
        "≤ 40 ms",
        over <= 40,
    )


def _big_spec(small: Path) -> str:
    """A spec with very many models, of which one operation needs two."""
    schema = (
        "{type: object, properties: {a: {type: string}, b: {type: array, items: {type: number}}}}"
    )
    schemas = "\n".join(f"    Extra{number}: {schema}" for number in range(SCHEMAS))
    return f"{small.read_text()}{schemas}\n"


def bench_call() -> Iterator[Row]:
    """One small answer, parsed."""
    import httpx  # noqa: PLC0415

    from redenlab import InferenceClient  # noqa: PLC0415

    with (
        server() as url,
        InferenceClient(KEY, url) as client,
        httpx.Client(base_url=url, headers={"X-Api-Key": KEY}) as plain,
    ):
        query = {"model": "intelligibility"}
        ours, peer = alternate(
            _loop(lambda: client.get_status("j")),
            _loop(lambda: plain.get("/result/j", params=query).json()),
            9,
        )
    yield _at_most("typed call / httpx.Client.get + json", ours, peer, 0.85, "µs")


DRIVERS: tuple[str, ...] = ("httpx", "fast")
"""The two drivers of the network."""

BARS = {
    "typed call / httpx.Client.get + json": (0.75, 0.35),
    "a call of 512 at a time / plain httpx": (0.4, 0.15),
    "a poll of 2,000 jobs / naive httpx loop": (0.45, 0.25),
}
"""Of CPU time, on each of the drivers."""


def bench_drivers() -> Iterator[Row]:
    """CPU of a request on each of the two drivers, beside httpx itself."""
    import driver_rows  # noqa: PLC0415 - it imports the SDK

    with server() as url:
        figures = [driver_rows.calls(url, ("httpx", "fast"))]
        figures.append(driver_rows.tasks(url, ("httpx", "fast")))
    figures.append(driver_rows.jobs(("httpx", "fast")))
    for (what, bars), (*ours, peer) in zip(BARS.items(), figures, strict=True):
        for name, bar, own in zip(DRIVERS, bars, ours, strict=True):
            yield _at_most(f"CPU of {what}, {name}", own.cpu, peer.cpu, bar, "µs")
            yield _at_most(f"time of {what}, {name}", own.wall, peer.wall, bar, "µs")


def _loop(call: Callable[[], object], times: int = 1000) -> Callable[[], float]:
    def measure() -> float:
        begun = time.perf_counter()
        for _ in range(times):
            call()
        return (time.perf_counter() - begun) / times * 1e6

    measure()
    return measure


def bench_decode() -> Iterator[Row]:
    """A long result: speeds as parts of that of ``json.loads``, memory as its multiple."""
    for what, who, value, plain, bar in long_results.figures():
        ratio = value / plain if what == "kept" else plain / value
        limit = float(bar.split()[-1]) if bar else ratio
        holds = ratio <= limit if what == "kept" else ratio >= limit
        unit, scale = ("MB", 1e-6) if what == "kept" else ("ms", 1e3)
        ours, peer = f"{value * scale:.1f} {unit}", f"{plain * scale:.1f} {unit}"
        yield Row(f"{what}: {who} / json.loads", ours, peer, ratio, bar, holds)
    micro = long_results.item_microseconds()
    yield Row("one key of a long result", f"{micro:.1f} µs", "", micro, "≤ 100 µs", micro <= 100)


def bench_models() -> Iterator[Row]:
    """A spec with very many models."""
    for (what, ours, peer), bar in zip(many_models.figures(), (1.5, 1.1), strict=True):
        name = f"{what}, {many_models.MODELS} models / 12"
        yield _at_most(name, ours * 1000, peer * 1000, bar, "ms")


_UPLOAD = """
import asyncio, sys, time
from redenlab import AsyncInferenceClient, InferenceClient

key, url, path, kind, mode, driver = sys.argv[1:]

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

def source():
    return {"path": path, "file": open(path, "rb"), "stream": sys.stdin.buffer}[kind]

def report(begun, before):
    print(time.perf_counter() - begun, (peak() - before) / 1024)

def blocking():
    with InferenceClient(key, url, transport=driver) as client:
        client.submit(b"warm")
        before, begun = peak(), time.perf_counter()
        client.submit(source())
        report(begun, before)

async def asynchronous():
    async with AsyncInferenceClient(key, url, transport=driver) as client:
        await client.submit(b"warm")
        before, begun = peak(), time.perf_counter()
        await client.submit(source())
        report(begun, before)

blocking() if mode == "sync" else asyncio.run(asynchronous())
"""


def bench_upload() -> Iterator[Row]:
    """One GiB to a server that throws it away."""
    with tempfile.TemporaryDirectory() as folder, server() as url:
        path = Path(folder) / "big.wav"
        with path.open("wb") as file:
            file.truncate(GIB)
        for driver, mode in product(DRIVERS, ("sync", "async")):
            ours, peer = alternate(
                lambda mode=mode, driver=driver: _upload(url, path, "path", mode, driver)[0],
                lambda: _curl(url, path),
                5,
            )
            bar = 1.1 if driver == "fast" else 0.85
            what = f"upload 1 GiB, {driver}, {mode} / curl -T"
            yield _at_least(what, 1024 / ours, 1024 / peer, bar, "MiB/s")
        for driver, mode in product(DRIVERS, ("sync", "async")):
            for kind in ("path", "file", "stream"):
                growth = _upload(url, path, kind, mode, driver)[1]
                yield Row(
                    f"memory growth, 1 GiB from {kind}, {driver}, {mode}",
                    f"{growth:.1f} MiB",
                    "",
                    growth,
                    "≤ 16 MiB",
                    growth <= 16,
                )


def _upload(url: str, path: Path, kind: str, mode: str, driver: str) -> tuple[float, float]:
    """Seconds and MiB."""
    arguments = (KEY, url, str(path), kind, mode, driver)
    if kind != "stream":
        seconds, growth = _python(_UPLOAD, *arguments).split()
        return float(seconds), float(growth)
    with subprocess.Popen(["cat", str(path)], stdout=subprocess.PIPE) as cat:
        assert cat.stdout is not None  # noqa: S101 - for the type checker
        printed = _python(_UPLOAD, *arguments, stdin=cat.stdout.fileno())
    seconds, growth = printed.split()
    return float(seconds), float(growth)


def _curl(url: str, path: Path) -> float:
    curl = shutil.which("curl")
    if curl is None:
        raise SystemExit("curl is needed to compare uploads")
    begun = time.perf_counter()
    subprocess.run(
        [curl, "--silent", "--output", os.devnull, "--upload-file", str(path), f"{url}/put"],
        check=True,
        timeout=120,
    )
    return time.perf_counter() - begun


def bench_watch() -> Iterator[Row]:
    """Waiting for many jobs at once."""
    for driver, bar in (("httpx", 0.45),):
        turns = [(watched(driver, 2000), watched("plain", 2000)) for _ in range(3)]
        ours = statistics.median(ours.poll for ours, _ in turns)
        peer = statistics.median(peer.poll for _, peer in turns)
        name = f"2,000 jobs watched on {driver}"
        yield _at_most(f"{name}, CPU a poll / plain httpx", ours * 1e6, peer * 1e6, bar, "µs")
        memory = statistics.median(ours.memory for ours, _ in turns)
        yield _at_most(f"{name}, memory", memory, 60, 1, "MiB")
        few, many = watched(driver, 100), watched(driver, 5000)
        name = f"5,000 jobs watched on {driver}"
        yield _at_most(f"{name}, CPU a poll / of 100", many.poll * 1e6, few.poll * 1e6, 1.3, "µs")
        yield _at_most(f"{name}, 95 % noticed after", many.late, IDEAL, 1.12, "s")
        yield _at_most(f"{name}, memory", many.memory, 100, 1, "MiB")
        yield _at_most(f"{name}, connections", many.connections, 8, 1, "")


# ---- table -------------------------------------------------------------------------------------


def _at_most(what: str, ours: float, peer: float, bar: float, unit: str) -> Row:
    ratio = ours / peer
    return Row(what, f"{ours:.1f} {unit}", f"{peer:.1f} {unit}", ratio, f"≤ {bar}", ratio <= bar)


def _at_least(what: str, ours: float, peer: float, bar: float, unit: str) -> Row:
    ratio = ours / peer
    return Row(what, f"{ours:.0f} {unit}", f"{peer:.0f} {unit}", ratio, f"≥ {bar}", ratio >= bar)


BENCHES: tuple[Callable[[], Iterator[Row]], ...] = (
    bench_import,
    bench_generation,
    bench_call,
    bench_drivers,
    bench_decode,
    bench_models,
    bench_watch,
    bench_upload,
)


def main() -> int:
    """Print the table; a missed bar is marked, and is no failure of the run."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for tree in TREES:  # as pip does when it installs; the peers were compiled then
        compileall.compile_dir(tree, quiet=1)
    print(f"{'what':44} {'ours':>14} {'peer':>14} {'value':>8}  bar")
    for bench in BENCHES:
        if wanted not in bench.__name__:
            continue
        for row in bench():
            mark = "" if row.holds else "  MISSED"
            print(
                f"{row.what:44} {row.ours:>14} {row.peer:>14} {row.value:8.2f}  {row.bar}{mark}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
