"""Draw the pictures of the documentation: the progress of the command, and a job in a notebook.

    make screenshots

The progress is drawn by the command's own display; the notebook is run against the sandbox, and
what its cells return is drawn by Chromium. Nothing is fetched: fonts are those of the reader.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from importlib.resources import files
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

import redenlab.sandbox
from redenlab.cli.items import Item
from redenlab.cli.progress import Display
from redenlab.core.errors import JobFailed
from redenlab.core.events import Finished, Polled, PollFailed, Submitted, Uploading

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "docs" / "assets"
COLUMNS = 92
MEGABYTE = 1_000_000

CELLS = (
    "from redenlab import InferenceClient\n\nclient = InferenceClient()",
    'client.predict("two_speakers.wav", model_name="speaker_diarisation_workflow")',
)

STYLE = """
body { font: 14px sans-serif; margin: 16px; width: 760px; color: #222; background: #fff }
pre { background: #f5f5f5; border: 1px solid #ddd; padding: 8px; margin: 8px 0 }
pre { font: 13px monospace }
table { border-collapse: collapse; font-size: 13px } td, th { padding: 3px 8px; text-align: left }
"""


def item(label: str, *events: Any, seconds: float = 0.0) -> Item:
    """An item that began some seconds ago, and has heard `events`."""

    async def begin(*_: object) -> Any:
        """Never called."""

    made = Item(label, "intelligibility", begin)
    made.start()
    made.begun -= seconds
    for event in events:
        made.on_event(event)
    return made


def progress() -> str:
    """The display of the command in the middle of its work, as SVG."""
    done = item("monday.wav", Finished("1f", "completed", 41.0), seconds=41)
    done.end(JobFailed("never shown"))
    done.outcome = None
    bad = item("noise.wav", seconds=12)
    bad.end(JobFailed("job 2c failed: there is no speech in it", job_id="2c"))
    busy = [
        item("tuesday.wav", Uploading(24 * MEGABYTE, 38 * MEGABYTE), seconds=2.1),
        item(
            "wednesday.wav", Submitted("7f3a0c1e-1"), Polled("7f", "running", 0, 4, 62), seconds=50
        ),
        item(
            "thursday.wav", Submitted("9ab44d10-2"), Polled("9a", "processing", 0, 4.2), seconds=18
        ),
        item("friday.wav", Submitted("c07e2b91-3"), PollFailed("c0", "503", 8.2), seconds=31),
    ]
    console = Console(record=True, width=COLUMNS, height=24, file=StringIO(), force_terminal=True)
    display = Display(console, [done, bad, *busy])
    console.print(Text("$ redenlab predict *.wav", "bold"))
    for ended in (done, bad):
        display.ended(ended)
    console.print(display.picture())
    form = re.sub(r"@font-face\s*{{.*?}}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title="redenlab", code_format=form, unique_id="progress")


def notebook(folder: Path) -> str:
    """The cells of a notebook and what they return, as HTML; the recording is in `folder`."""
    recording = files("redenlab.sandbox") / "recordings" / "two_speakers.wav"
    shutil.copyfile(str(recording), folder / "two_speakers.wav")
    written = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS])
    with redenlab.sandbox.running(processing=0, seed="7") as sandbox:
        lines = [f"os.environ[{name!r}] = {value!r}" for name, value in sandbox.environment.items()]
        hidden = nbformat.v4.new_code_cell("\n".join(["import os", *lines]))
        written.cells.insert(0, hidden)
        NotebookClient(
            written, timeout=120, resources={"metadata": {"path": str(folder)}}
        ).execute()
    parts = [f"<pre>{escape(cell.source)}</pre>{_output(cell)}" for cell in written.cells[1:]]
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(parts)}"


def _output(cell: Any) -> str:
    return "".join(each.data.get("text/html", "") for each in cell.outputs if "data" in each)


def photographed(page: Path, height: int) -> bytes:
    """A page as Chromium draws it, as a PNG of few colours without its empty end."""
    browser = subprocess.run(
        [ROOT / ".ci" / "chromium"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()
    target = page.with_suffix(".png")
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-proxy-server",
    )
    size = f"--window-size=800,{height}"
    command = [browser, *options, size, f"--screenshot={target}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with Image.open(target) as drawn:
        plain = drawn.convert("RGB")
    white = Image.new("RGB", plain.size, (255, 255, 255))
    bottom = _last_row(plain, white)
    written = BytesIO()
    plain.crop((0, 0, plain.width, bottom)).quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _last_row(picture: Image.Image, empty: Image.Image) -> int:
    from PIL import ImageChops  # noqa: PLC0415 - beside its use

    box = ImageChops.difference(picture, empty).getbbox()
    return picture.height if box is None else min(box[3] + 16, picture.height)


def main() -> int:
    """Write both pictures."""
    ASSETS.mkdir(exist_ok=True)
    (ASSETS / "progress.svg").write_text(progress(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "page.html"
        page.write_text(notebook(Path(name)), encoding="utf-8")
        (ASSETS / "notebook.png").write_bytes(photographed(page, 1200))
    for picture in sorted(ASSETS.iterdir()):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
