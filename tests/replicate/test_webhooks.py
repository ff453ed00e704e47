"""Webhooks: really sent by the sandbox, verified here, and told from forgeries."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import anyio
import pytest

from faulty_server import PATIENCE
from redenlab.core import errors
from redenlab.replicate import PredictionWebhook, ReplicateClient
from redenlab.sandbox import Sandbox
from redenlab.sandbox.replicate.catalogue import PAINTER

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


class Receiver:
    """A server that keeps what it is sent.

    Attributes:
        deliveries: Headers and body of each delivery.
        refusals: Statuses to answer first.
    """

    def __init__(self) -> None:
        self.deliveries: list[tuple[dict[str, str], bytes]] = []
        self.refusals: list[int] = []
        self.came = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer.came:
                    outer.deliveries.append((dict(self.headers), body))
                    status = outer.refusals.pop(0) if outer.refusals else 204
                    outer.came.notify_all()
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def wait(self, count: int) -> None:
        with self.came:
            assert self.came.wait_for(lambda: len(self.deliveries) >= count, timeout=PATIENCE)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_every_event_is_delivered_genuine(client: ReplicateClient, receiver: Receiver) -> None:
    client.predictions.create(
        version=PAINTER.version,
        input={"prompt": "a cat"},
        webhook=receiver.url,
        webhook_events_filter=["start", "output", "completed"],
    )
    receiver.wait(3)
    webhook = client.webhook()
    found = [webhook.prediction(body, headers) for headers, body in receiver.deliveries]
    assert [told.status for told in found] == ["starting", "processing", "succeeded"]
    assert "/out-0.png" in found[-1].output[0]
    assert len({headers["webhook-id"] for headers, _ in receiver.deliveries}) == 3


def test_only_what_was_asked_for_is_delivered(client: ReplicateClient, receiver: Receiver) -> None:
    made = client.predictions.create(
        version=PAINTER.version,
        input={"prompt": "a cat"},
        webhook=receiver.url,
        webhook_events_filter=["completed"],
    )
    receiver.wait(1)
    assert json.loads(receiver.deliveries[0][1])["id"] == made.id
    assert json.loads(receiver.deliveries[0][1])["status"] == "succeeded"


def test_the_last_event_is_sent_again_under_the_same_id(
    client: ReplicateClient, receiver: Receiver
) -> None:
    receiver.refusals = [500]
    client.submit(
        PAINTER.version,
        input={"prompt": "a cat"},
        webhook=receiver.url,
        webhook_events_filter=["completed"],
    )
    receiver.wait(2)
    first, second = receiver.deliveries
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert first[1] == second[1]


def test_a_cancelled_prediction_is_told_of(client: ReplicateClient, receiver: Receiver) -> None:
    made = client.predictions.create(
        version=PAINTER.version,
        input={"prompt": "sandbox:never"},
        webhook=receiver.url,
        webhook_events_filter=["completed"],
    )
    client.predictions.cancel(made.id)
    receiver.wait(1)
    assert json.loads(receiver.deliveries[0][1])["status"] == "canceled"


def test_an_unknown_event_is_refused(client: ReplicateClient) -> None:
    with pytest.raises(errors.BadRequest, match="webhook_events_filter"):
        client.predictions.create(
            version=PAINTER.version,
            input={"prompt": "a cat"},
            webhook_events_filter=["sometimes"],  # type: ignore[list-item]
        )


def test_the_async_client_fetches_the_secret_too(sandbox: Sandbox) -> None:
    async def main() -> None:
        async with sandbox.async_replicate_client() as client:
            webhook = await client.webhook()
        body = b'{"id": "a", "status": "succeeded"}'
        signed = PredictionWebhook(sandbox.webhook_secret).sign(body, "msg_1")
        assert webhook.prediction(body, signed).id == "a"

    anyio.run(main)


# ---- without a network


def test_a_genuine_delivery_is_read() -> None:
    webhook = PredictionWebhook(SECRET)
    body = b'{"id": "a", "status": "succeeded", "metrics": {}, "started_at": null}'
    found = webhook.prediction(body, webhook.sign(body, "msg_1"))
    assert (found.id, found.status, found.started_at) == ("a", "succeeded", None)


@pytest.mark.parametrize("body", [b'{"status": "succeeded"}', b"[]", b"{}", b"\xff"])
def test_a_genuine_delivery_of_something_else_is_refused(body: bytes) -> None:
    webhook = PredictionWebhook(SECRET)
    with pytest.raises(errors.WebhookSignatureError):
        webhook.prediction(body, webhook.sign(body, "msg_1"))


def test_a_forged_delivery_is_refused() -> None:
    webhook, other = PredictionWebhook(SECRET), PredictionWebhook("whsec_b3RoZXJvdGhlcg==")
    body = b'{"id": "a", "status": "succeeded"}'
    with pytest.raises(errors.WebhookSignatureError, match="signature"):
        webhook.prediction(body, other.sign(body, "msg_1"))
    with pytest.raises(errors.WebhookTooOld):
        webhook.prediction(body, webhook.sign(body, "msg_1", 1_700_000_000))
