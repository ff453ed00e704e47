"""The page of a whole sandbox: what clients do shows, and what is pressed there happens."""

import json
from collections.abc import Iterator

import pytest

import redenlab.sandbox
from browser.devtools import Browser, Tab
from redenlab import Retry
from redenlab.sandbox import Sandbox
from redenlab.sandbox.embedded import BUNDLED

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


def pressed(tab: Tab, where: str, name: str) -> None:
    """Press a button for faults of an operation."""
    tab.evaluate(
        f"(() => {{ const at = document.getElementById('at');"
        f"at.value = {json.dumps(where)}; at.dispatchEvent(new Event('input', {{bubbles: true}}));"
        f"[...document.querySelectorAll('button')].find((button) => "
        f"button.textContent.trim() === {json.dumps(name)}).click(); }})()"
    )


def test_a_fault_that_is_pressed_is_met_and_the_job_ends_well(
    browser: Browser, sandbox: Sandbox
) -> None:
    with Tab.at(browser, sandbox.page_url.rstrip("/")) as tab:
        rows = "document.querySelectorAll('#backends tbody tr').length"
        tab.wait_for(f"{rows} === {len(BUNDLED)}")
        pressed(tab, "ml/get_result", "503, 3 times")
        tab.wait_for("document.body.innerText.includes('status=503')")
        with sandbox.client(retry=Retry(initial=0, jitter=0)) as client:
            client.predict(redenlab.sandbox.__path__[0] + "/recordings/one_speaker.wav")
        tab.wait_for("document.querySelectorAll('#jobs tbody tr').length === 1")
        tab.wait_for("document.querySelector('#jobs').innerText.includes('completed')")
        tab.wait_for("document.querySelectorAll('.timeline .fault').length > 0")
    assert sandbox.jobs_created == 1
    assert next(order.met for order in sandbox.faults.listed()) > 0
