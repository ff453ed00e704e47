"""Profiles: where one backend's settings are looked for."""

from pathlib import Path

import pytest

from redenlab.core.spec.profile import Profile

PROFILE = Profile(
    variables={"api_key": ("ACME_API_KEY", "ACME_TOKEN"), "base_url": ("ACME_BASE_URL",)},
    file=".acme/settings.yaml",
)


def test_the_file_is_below_the_home_directory_of_whoever_runs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for home in ("one", "two"):
        monkeypatch.setenv("HOME", str(tmp_path / home))
        assert PROFILE.path == tmp_path / home / ".acme" / "settings.yaml"


@pytest.mark.parametrize(
    ("name", "variables"),
    [("api_key", "ACME_API_KEY or ACME_TOKEN"), ("base_url", "ACME_BASE_URL")],
)
def test_a_setting_is_looked_for_in_argument_variables_and_file(name: str, variables: str) -> None:
    places = PROFILE.sources(name).split(", ")
    assert places == [
        f"the argument {name}",
        f"the environment variable {variables}",
        str(PROFILE.path),
    ]


def test_a_file_that_was_chosen_is_named_instead_of_the_usual_one() -> None:
    places = PROFILE.sources("api_key", Path("/etc/acme.yaml"))
    assert places.endswith("/etc/acme.yaml")
    assert ".acme" not in places


def test_a_backend_has_keys_alone_and_no_defaults_unless_its_spec_says_otherwise() -> None:
    assert PROFILE.sign_in is None
    assert PROFILE.defaults == {}
