"""One real S3 server for the whole run."""

from collections.abc import Iterator

import pytest

from s3.server import S3, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """The server."""
    with serving(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture
def s3(server: S3) -> S3:
    """The server, without objects."""
    server.clear()
    return server
