"""`client.delete`: of clients whose service can delete its jobs."""

import httpx
import pytest

from redenlab.artificer import Artificer
from redenlab.core.errors import InputError, NotFound
from redenlab.dalston import Dalston
from redenlab.replicate import ReplicateClient
from scripted_api import ScriptedApi, connect

CALL = "DELETE /generations/g"


def luma() -> ScriptedApi:
    return ScriptedApi().on(CALL, httpx.Response(204))


def test_a_job_is_deleted_by_its_id_or_its_handle() -> None:
    server = luma()
    client = connect("luma", server)
    call = next(path for path in client._spec.operations if path == "delete_generation")
    operation = client._spec.operations[call]
    server.on(f"DELETE {operation['path'].replace('{id}', 'g')}", httpx.Response(204))
    client.delete("g")
    client.delete(client.job("g"))
    assert len(server.calls) == 2
    assert len(set(server.calls)) == 1
    assert server.calls[0].startswith("DELETE ")


def test_a_job_that_the_service_does_not_have_is_not_found() -> None:
    with pytest.raises(NotFound):
        connect("luma", ScriptedApi()).delete("g")


def test_a_client_whose_service_cannot_delete_has_no_such_method() -> None:
    client = connect("redenlab_today", ScriptedApi())
    assert not hasattr(client, "delete")
    assert not hasattr(ReplicateClient, "delete")
    with pytest.raises(InputError, match="no way to delete"):
        client.job("j").delete()


def test_bundled_clients_delete_where_their_service_can() -> None:
    assert Artificer.delete.__doc__ == Dalston.delete.__doc__
