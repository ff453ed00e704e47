"""Fixtures for settings."""

from pathlib import Path

import pytest

from example_settings import PROFILE


@pytest.fixture
def file() -> Path:
    """The example backend's file, empty and private."""
    path = PROFILE.path
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    return path
