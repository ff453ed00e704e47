"""The program as a whole: help, version, usage errors, the missing extra, broken commands."""

import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import typer

import redenlab
from faulty_server import PATIENCE
from redenlab.cli import exits, main
from redenlab.cli.clients import Clients
from redenlab.cli.program import app
from redenlab.core import errors

Invoke = Callable[..., Any]
Start = Callable[..., subprocess.Popen[str]]


@pytest.mark.parametrize(
    "command", ["", "predict", "wait", "models", "demo", "sandbox", "sandbox up"]
)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(invoke: Invoke, command: str, flag: str) -> None:
    ended = invoke(*command.split(), flag)
    assert ended.exit_code == 0
    assert "Usage: " in ended.stdout
    assert ended.stderr == ""


def test_without_a_command_the_help_is_shown(invoke: Invoke) -> None:
    assert invoke().stdout == invoke("--help").stdout


def test_help_lists_every_exit_code(invoke: Invoke) -> None:
    words = invoke("--help").stdout.replace(",", "").split()
    assert {str(int(code)) for code in exits.Code} <= set(words)


def test_the_version_is_that_of_the_package(invoke: Invoke) -> None:
    ended = invoke("--version")
    assert ended.exit_code == 0
    assert ended.stdout == f"redenlab {redenlab.__version__}\n"


@pytest.mark.parametrize(
    "line",
    ["nonsense", "--nonsense", "predict", "predict a.wav -o xml", "wait", "sandbox", "models a b"],
)
def test_usage_errors_are_two_lines_and_end_with_2(invoke: Invoke, line: str) -> None:
    ended = invoke(*line.split())
    happened, hint = ended.stderr.splitlines()
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert happened.startswith("error  ")
    assert hint.startswith(" hint  run: ")
    assert hint.endswith(" --help")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, 0),
        (KeyError("x"), 1),
        (errors.RedenLabError("x"), 1),
        (errors.InputError("x"), 2),
        (errors.ConfigurationError("x"), 2),
        (errors.MissingExtra("x"), 2),
        (errors.AuthenticationError("x"), 3),
        (errors.PermissionDenied("x"), 3),
        (errors.NotFound("x"), 4),
        (errors.JobFailed("x"), 6),
        (errors.JobCancelled("x"), 6),
        (errors.JobTimeout("x"), 7),
        (errors.RateLimited("x"), 8),
        (errors.ServerError("x"), 9),
        (errors.RequestTimeout("x"), 9),
        (errors.UploadTimeout("x"), 9),
        (errors.FileChanged("x"), 9),
        (errors.SubmitUncertain("x"), 9),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_have_exit_codes(error: BaseException | None, code: int) -> None:
    assert exits.code(error) == code


def test_several_codes_become_one() -> None:
    good, failed, late = exits.Code.GOOD, exits.Code.JOB_FAILED, exits.Code.STILL_RUNNING
    assert exits.common([good, good]) == good
    assert exits.common([failed, failed]) == failed
    assert exits.common([good, failed]) == exits.common([failed, late]) == exits.Code.SOME_FAILED


def broken(fault: BaseException) -> Clients:
    """A factory of clients with a fault, as a later mistake would be."""

    class Broken(Clients):
        def make(self, *_: object, **__: object) -> Any:
            raise fault

    return Broken()


@pytest.mark.parametrize(
    ("fault", "code", "text"),
    [
        (RuntimeError("broken"), 1, "unexpected RuntimeError: broken"),
        (RuntimeError(), 1, "RuntimeError"),
        (KeyboardInterrupt(), 130, None),
        (typer.Abort(), 130, None),
    ],
)
def test_faults_show_no_traceback(
    invoke: Invoke, fault: BaseException, code: int, text: str | None
) -> None:
    ended = invoke("predict", "a.wav", obj=broken(fault))
    assert ended.exit_code == code
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    if text:
        assert ended.stderr.startswith(f"error  {text}\n hint  this is a fault of the program")


WITHOUT = """
import sys
sys.modules[{name!r}] = None
from redenlab.cli.main import main
main()
"""


@pytest.mark.parametrize("name", ["typer", "rich"])
def test_a_missing_extra_is_one_line_and_ends_with_2(name: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(name=name)], capture_output=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert ended.stderr == b"run: pip install 'redenlab[cli]'\n"


def test_any_other_missing_module_is_a_fault() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(name="attrs")], capture_output=True, check=False
    )
    assert ended.returncode == 1
    assert b"attrs" in ended.stderr


def test_main_holds_the_program_and_nothing_more() -> None:
    assert main.app is app
    with pytest.raises(AttributeError):
        getattr(main, "nonsense")  # noqa: B009 - a name that types do not know


def test_the_program_runs_as_a_module(start: Start) -> None:
    process = start("--version")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, f"redenlab {redenlab.__version__}\n", "")


def test_main_ends_with_the_code_of_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["redenlab", "models", "nonsense"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # this process goes on
    with pytest.raises(SystemExit) as caught:
        main.main()
    assert caught.value.code == 4
    assert capsys.readouterr().out == ""
