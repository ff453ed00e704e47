"""What the recorder remembers of requests, and what it never does."""

import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from redenlab.sandbox.host.recorder import BODY_BYTES, KEPT, Recorder, Seen

SECRET = "s3cr3t-of-the-caller"
LINK = f"http://127.0.0.1:9/b/k.wav?X-Amz-Date=1&X-Amz-Signature={SECRET}"


def noted(recorder: Recorder | None = None, operation: str = "get_result", **changes: Any) -> Seen:
    """A request as the recorder remembers it."""
    recorder = recorder or Recorder()
    recorder.note(
        **{
            "at": 1_800_000_000.0,
            "seconds": 0.25,
            "backend": "ml",
            "operation": operation,
            "job": "job-1",
            "method": "GET",
            "url": "http://127.0.0.1:9/ml/prod/jobs/job-1",
            "headers": {},
            "body": b"",
            "status": 200,
            "fault": "",
            "size": 10,
            **changes,
        }
    )
    return recorder.seen[-1]


@pytest.mark.parametrize(
    ("header", "value", "kept"),
    [
        ("X-Api-Key", SECRET, "$API_KEY"),
        ("authorization", f"Bearer {SECRET}", "Bearer $AUTHORIZATION"),
        ("Authorization", f"Token {SECRET}", "Token $AUTHORIZATION"),
        ("Authorization", SECRET, "$AUTHORIZATION"),
        ("Authorization", f"{SECRET} {SECRET}", "$AUTHORIZATION"),
        ("Proxy-Authorization", f"Basic {SECRET}", "Basic $PROXY_AUTHORIZATION"),
        ("Cookie", f"a={SECRET}; b=1", "$COOKIE"),
        ("x-amz-security-token", SECRET, "$AMZ_SECURITY_TOKEN"),
        ("referer", LINK, "http://127.0.0.1:9/b/k.wav?…"),
        ("Accept", "application/json", "application/json"),
        ("X-Request-Id", "1234", "1234"),
    ],
)
def test_no_credential_of_a_header_is_kept(header: str, value: str, kept: str) -> None:
    seen = noted(headers={header: value})
    assert seen.headers == {header: kept}
    assert SECRET not in seen.curl()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (LINK, "http://127.0.0.1:9/b/k.wav?…"),
        (f"http://a/p?token={SECRET}", "http://a/p?…"),
        ("http://a/p?model=a_model", "http://a/p?model=a_model"),
    ],
)
def test_no_signature_of_a_link_is_kept(url: str, kept: str) -> None:
    assert noted(url=url).url == kept


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"grant_type=a&client_secret={SECRET}&b=1", "grant_type=a&client_secret=…&b=1"),
        (f'{{"password": "{SECRET} \\"& x", "b": 1}}', '{"password": "…", "b": 1}'),
        (f'{{"audio": "{LINK}"}}', '{"audio": "http://127.0.0.1:9/b/k.wav?…"}'),
        ('{"file_key": "uploads/a.wav"}', '{"file_key": "uploads/a.wav"}'),
        ('{"max_tokens": 5}', '{"max_tokens": 5}'),
    ],
)
def test_no_credential_of_a_body_is_kept(body: str, kept: str) -> None:
    assert noted(body=body.encode()).body.decode() == kept


def test_a_recording_is_kept_as_its_first_bytes() -> None:
    recording = bytes(range(256)) * 32
    assert noted(body=recording).body == recording[:BODY_BYTES]


def test_old_requests_are_forgotten_and_never_uncounted() -> None:
    recorder = Recorder()
    for _ in range(KEPT + 3):
        noted(recorder)
    assert [recorder.seen[0].number, recorder.seen[-1].number] == [4, KEPT + 3]
    assert recorder.counters == {"ml/get_result": KEPT + 3}
    assert recorder.count("get_result") == KEPT + 3


def test_requests_are_found_by_name_or_pattern() -> None:
    recorder = Recorder()
    noted(recorder, "predict")
    noted(recorder, "predict", backend="other")
    noted(recorder, "get_result")
    noted(recorder, "")
    expected = {
        "predict": 2,
        "ml/predict": 1,
        "ml/*": 3,
        "*/predict": 2,
        "get_*": 1,
        "*": 4,
        "": 1,
        "none": 0,
    }
    assert {pattern: recorder.count(pattern) for pattern in expected} == expected
    assert {pattern: len(recorder.calls(pattern)) for pattern in expected} == expected


def test_one_request_is_asserted() -> None:
    recorder = Recorder()
    noted(recorder, "predict")
    recorder.assert_once("predict")


def test_a_failed_assertion_lists_what_came() -> None:
    recorder = Recorder()
    noted(recorder, "predict", method="POST")
    noted(recorder, "predict", method="POST", status=None)
    with pytest.raises(AssertionError) as twice:
        recorder.assert_once("predict")
    assert str(twice.value) == (
        "expected one request of predict, not 2; seen:"
        "\n  08:00:00.000 POST ml/predict: 200"
        "\n  08:00:00.000 POST ml/predict: connection broken"
    )
    with pytest.raises(AssertionError, match=r"not 0; seen:\n  .* ml/predict: 200"):
        recorder.assert_once("cancel")


def test_threads_lose_no_request() -> None:
    recorder = Recorder()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: noted(recorder), range(800)))
    assert [seen.number for seen in recorder.seen] == list(range(1, 801))


def shell(line: str) -> list[str]:
    """The arguments that a shell passes on."""
    script = f"curl() {{ printf '%s\\0' \"$@\"; }}; {line}"
    environment = {"API_KEY": "from the shell", "PATH": "/nowhere"}
    ran = subprocess.run(
        ["/bin/sh", "-c", script], env=environment, capture_output=True, check=True
    )
    return ran.stdout.decode().split("\0")[:-1]


def test_a_curl_line_repeats_the_request_with_the_key_of_the_shell() -> None:
    headers = {"host": "a", "Content-Length": "9", "X-Api-Key": SECRET, "accept": "a b"}
    seen = noted(method="POST", headers=headers, body=b'{"a": "o\'b $HOME"}')
    assert shell(seen.curl()) == [
        *("-X", "POST", seen.url, "-H", "X-Api-Key: from the shell", "-H", "accept: a b"),
        *("--data-raw", '{"a": "o\'b $HOME"}'),
    ]


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({"headers": {"x-key`id`$(id)": SECRET}}, "x-key`id`$(id): $KEY_ID___ID_"),
        ({"headers": {"x-other": "$API_KEY"}}, "x-other: $API_KEY"),
        ({"headers": {"x-other": "'; id; '"}}, "x-other: '; id; '"),
        ({"url": "http://a/$(id)`id`'"}, "http://a/$(id)`id`'"),
        ({"method": "GET;id"}, "http://127.0.0.1:9/ml/prod/jobs/job-1"),
        ({"body": b"\x1b[201~id\n"}, "@FILE"),
        ({"body": b"text\x00"}, "@FILE"),
        ({"body": b"a" * BODY_BYTES}, "@FILE"),
        ({"body": b"\xff"}, "@FILE"),
    ],
)
def test_nothing_of_a_request_is_a_command_of_the_shell(changes: dict[str, Any], last: str) -> None:
    line = noted(**changes).curl()
    assert shell(line)[-1] == last
    assert shlex.split(line)[0] == "curl"
    assert line.isprintable()
