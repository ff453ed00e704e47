"""Settings: which source wins, and which sources are refused."""

import os
from pathlib import Path
from typing import Any

import pytest

from redenlab.core import config
from redenlab.core.config import Profile, Settings
from redenlab.core.errors import ConfigurationError

PROFILE = Profile(
    variables={
        "api_key": ("ACME_API_KEY", "ACME_TOKEN"),
        "base_url": ("ACME_BASE_URL",),
        "timeout": ("ACME_TIMEOUT",),
    },
    file=".acme/config.yaml",
    defaults={"timeout": 60.0},
)


def settings(environ: dict[str, str] | None = None, **arguments: Any) -> Settings:
    return Settings(PROFILE, arguments, environ=environ or {})


@pytest.fixture
def file() -> Path:
    path = PROFILE.path
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    return path


def test_argument_beats_environment_beats_file_beats_default(file: Path) -> None:
    assert settings().text("api_key") is None
    file.write_text("api_key: from-file\ntimeout: 30\n")
    assert settings().secret("api_key").reveal() == "from-file"
    environ = {"ACME_API_KEY": "from-env"}
    assert settings(environ).secret("api_key").reveal() == "from-env"
    assert settings(environ, api_key="given").secret("api_key").reveal() == "given"
    assert settings().seconds("timeout") == 30
    assert settings({"ACME_TIMEOUT": "1.5"}).seconds("timeout") == 1.5


def test_every_value_knows_its_source(file: Path) -> None:
    file.write_text("base_url: https://x.example\n")
    found = settings({"ACME_TOKEN": "t"}, timeout=5)
    assert found.source("base_url") == str(file)
    assert found.source("api_key") == "the environment variable ACME_TOKEN"
    assert found.source("timeout") == "the argument timeout"
    assert settings().source("timeout") == "default"


def test_a_value_that_is_nowhere_names_every_place_that_was_looked_at() -> None:
    looked = settings().source("api_key")
    assert "argument api_key" in looked
    assert "ACME_API_KEY or ACME_TOKEN" in looked
    assert ".acme/config.yaml" in looked


def test_no_file_is_no_error() -> None:
    assert config.read(Path.home() / "nothing.yaml") == {}


def test_a_file_that_was_asked_for_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no configuration file"):
        Settings(PROFILE, {}, environ={}, path=tmp_path / "mine.yaml")


def test_an_empty_file_is_no_setting(file: Path) -> None:
    assert settings().text("api_key") is None


def test_a_variable_that_is_set_but_empty_is_a_mistake() -> None:
    with pytest.raises(ConfigurationError, match="ACME_API_KEY is set but empty"):
        settings({"ACME_API_KEY": " "})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o660])
def test_a_file_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        settings()


def test_somebody_elses_file_is_refused() -> None:
    mine = Path(__file__).stat()
    fields = [*mine[:10]]
    fields[0], fields[4] = 0o100600, mine.st_uid + 1
    with pytest.raises(ConfigurationError, match="belongs to another user"):
        config.refuse_unsafe(Path("config.yaml"), os.stat_result(fields), user=mine.st_uid)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a: [1, 2", "not valid YAML"),
        ("- a\n- b\n", "name: value"),
        ("just text", "name: value"),
        ("1: 2", "name: value"),
        ("!!python/object/apply:os.system ['true']", "not valid YAML"),
        ("a: &x 1\nb: *x", "aliases"),
        ("a: " + "[" * 30 + "]" * 30, "nested"),
        ("a: " + "[" * 3000 + "]" * 3000, "nested"),
        ("a: '" + "x" * 70000 + "'", "larger than"),
        ("a: \x00", "not valid YAML"),
        ("api-key: sk_live_1234567890", "unknown setting 'api-key'"),
        ("colour: red", "unknown setting 'colour'"),
    ],
)
def test_a_malformed_file_is_refused(file: Path, content: str, problem: str) -> None:
    file.write_text(content)
    with pytest.raises(ConfigurationError, match=problem) as caught:
        settings()
    assert "sk_live" not in str(caught.value)


def test_a_typo_is_answered_with_the_right_spelling(file: Path) -> None:
    file.write_text("api-key: sk_live_1234567890\n")
    with pytest.raises(ConfigurationError, match="did you mean 'api_key'"):
        settings()


@pytest.mark.parametrize("kind", ["directory", "fifo"])
def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "thing"
    os.mkfifo(path, 0o600) if kind == "fifo" else path.mkdir()
    with pytest.raises(ConfigurationError):
        config.read(path)


def test_a_number_where_a_text_is_due_is_a_mistake(file: Path) -> None:
    file.write_text("api_key: 12345678901\n")
    with pytest.raises(ConfigurationError, match="quote it"):
        settings().text("api_key")


@pytest.mark.parametrize("value", [0, -1, "soon", True, float("inf"), float("nan"), None, []])
def test_a_timeout_is_a_positive_number(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="positive number of seconds"):
        Settings(Profile({}, "x", {"timeout": value}), {}, environ={}).seconds("timeout")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/prod/", "https://api.example.com/prod"),
        ("https://api.example.com:8443/a/b", "https://api.example.com:8443/a/b"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost/prod", "http://localhost/prod"),
        ("http://[::1]:9", "http://[::1]:9"),
        ("http://127.9.9.9", "http://127.9.9.9"),
    ],
)
def test_a_good_address_is_kept_but_for_the_last_slash(given: str, kept: str) -> None:
    assert config.base_url(given, "here") == kept


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://api.example.com", "plain http"),
        ("http://10.0.0.1", "plain http"),
        ("http://127.0.0.1.example.com", "plain http"),
        ("http://2130706433", "plain http"),
        ("https://user@api.example.com", "user info"),
        ("https://user:pw@api.example.com", "user info"),
        ("https://api.example.com?stage=prod", "query"),
        ("https://api.example.com#top", "fragment"),
        ("https://", "not an https"),
        ("api.example.com", "not an https"),
        ("ftp://api.example.com", "not an https"),
        ("https://api.example.com:99999", "malformed"),
        ("https://[::1", "malformed"),
        ("https://api.example.com\\@127.0.0.1", "characters"),
        ("https://api.exämple.com", "characters"),
        ("https://api.example.com\n", "characters"),
        ("https://api example.com", "characters"),
        ("", "not an https"),
    ],
)
def test_a_bad_address_is_refused(url: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as caught:
        config.base_url(url, "the argument base_url")
    assert "pw" not in str(caught.value)
    assert "argument base_url" in str(caught.value)


def test_no_value_shows_in_a_representation() -> None:
    found = settings(api_key="sk_live_1234567890")
    assert "sk_live" not in repr(found.get("api_key"))
    assert "sk_live" not in repr(found)
