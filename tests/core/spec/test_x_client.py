"""``x-client``: where the settings of the clients come from, and what is refused."""

from pathlib import Path

import httpx
import pytest

import redenlab
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_client import profile, x_client
from redenlab.core.spec.x_job import job_specs
from scripted_api import BASE, EXAMPLES, KEY, ScriptedApi, options

ACME = (EXAMPLES / "acme.yaml").read_text(encoding="utf-8")
LINE = "x-client: {name: AcmeClient, environment: ACME, file: .acme/config.yaml}\n"
GOOD = """x-client:
  name: AcmeClient
  environment: ACME
  file: .acme/config.yaml
"""


def spec(folder: Path, block: str) -> Path:
    """The specification of Acme with another ``x-client``."""
    assert LINE in ACME
    path = folder / "acme.yaml"
    path.write_text(block + ACME.replace(LINE, ""))
    return path


REFUSED = {
    "  nmae: AcmeClient\n": "x-client has no key 'nmae'; did you mean 'name'",
    "  name: acme\n": "name is 'acme'; write the name of a class",
    "  environment: 7\n": "environment is 7; write a text",
    "  variables: {key: [ACME_TOKEN]}\n": "key is 'key'; write one of api_key",
    "  variables: {api_key: ACME_TOKEN}\n": "api_key is 'ACME_TOKEN'; write a list",
    "  base_path: v1/\n": "base_path is 'v1/'; write a path without a slash at its end",
    "  retry: {factor: 0}\n": "factor is 0; write a number of at least 1",
    "  headers: {Acme-Version: 2}\n": "Acme-Version is 2; write a text",
    "  sign_in: {client_id: ACME_ID}\n": "sign_in needs the key 'client_secret'",
}


@pytest.mark.parametrize("line", REFUSED)
def test_a_mistake_is_refused_with_its_file_and_line(tmp_path: Path, line: str) -> None:
    path = spec(tmp_path, f"x-client:\n{line}")
    with pytest.raises(SpecError, match=f"acme.yaml:2: {REFUSED[line]}"):
        x_client(Spec(path))
    with pytest.raises(SpecError, match="acme.yaml:2: "):
        redenlab.connect(path, api_key=KEY, base_url=BASE)


def test_settings_have_the_names_that_the_block_gives(tmp_path: Path) -> None:
    found = Spec(spec(tmp_path, f"{GOOD}  variables: {{api_key: [ACME_TOKEN]}}\n"))
    settings = profile(found, job_specs(found)[0])
    assert settings.variables["api_key"] == ("ACME_API_KEY", "ACME_TOKEN")
    assert settings.variables["model_name"] == ("ACME_MODEL",)
    assert settings.file == ".acme/config.yaml"


def test_without_the_block_the_file_name_names_the_settings(tmp_path: Path) -> None:
    found = Spec(spec(tmp_path, ""))
    settings = profile(found, job_specs(found)[0])
    assert settings.variables["base_url"] == ("ACME_BASE_URL",)
    assert (settings.file, settings.headers) == (".acme/config.yaml", {})


@pytest.mark.parametrize(
    ("given", "used"), [("https://a.example", "/v2"), ("https://a.example/stage/", "/stage")]
)
def test_a_base_url_without_a_path_gets_the_usual_one(
    tmp_path: Path, given: str, used: str
) -> None:
    path = spec(tmp_path, f"{GOOD}  base_path: /v2\n")
    client = redenlab.connect(path, api_key=KEY, base_url=given)
    assert client.base_url == f"https://a.example{used}"


def test_failed_requests_are_sent_again_as_the_block_says(tmp_path: Path) -> None:
    path = spec(tmp_path, f"{GOOD}  retry: {{initial: 5, max: 9, wait_out_429: true}}\n")
    retry = redenlab.Retry(initial=5, max_delay=9, wait_out_429=True)
    assert redenlab.connect(path, api_key=KEY, base_url=BASE)._retry() == retry


def test_the_headers_are_sent_with_every_request_to_the_api_and_nowhere_else(
    tmp_path: Path,
) -> None:
    today = (EXAMPLES / "redenlab_today.yaml").read_text(encoding="utf-8")
    path = tmp_path / "today.yaml"
    before, after = "x-client: {", "x-client: {headers: {Today-Version: '2026-01-01'}, "
    assert before in today
    path.write_text(today.replace(before, after))
    api = ScriptedApi()
    link = "https://storage.example.com/a?sig=1"
    api.on("POST /upload-url", {"asset_id": "a", "upload_url": link})
    api.on("PUT /a", httpx.Response(200))
    api.on("POST /ataxia-naturalness/predict", {"job_id": "j", "status": "submitted"})
    done = {"job_id": "j", "status": "completed", "result": {"naturalness_score": 70.5}}
    api.on("GET /result/j", done)
    with redenlab.connect(path, **options(api)) as client:
        client.run(b"RIFF", model_name="ataxia-naturalness")
    sent = {request.url.host: request.headers.get("Today-Version") for request in api.requests}
    assert sent == {"api.example.com": "2026-01-01", "storage.example.com": None}
    assert len(api.requests) == 4
