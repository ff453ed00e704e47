"""What a service does that its spec cannot say. A bundled backend overrides what it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from redenlab.core.spec.document import Spec
from redenlab.sandbox.engine.invention import Inventor, Known
from redenlab.sandbox.engine.messages import Content, Received, Refused, Response

if TYPE_CHECKING:
    from redenlab.sandbox.engine.drafts import Draft
    from redenlab.sandbox.engine.jobs import ServedJob, Submit
    from redenlab.sandbox.engine.routes import Call
    from redenlab.sandbox.engine.scenario import Scenario
    from redenlab.sandbox.engine.service import Service
    from redenlab.sandbox.engine.store import Store
    from redenlab.sandbox.engine.talk import Talk

Record = dict[str, Any]

INVENTED: Final = object()
"""The outcome of a job whose result is invented from its schema."""


class Failure(Exception):
    """A job that ends badly; the text is the reason."""


class Produced:
    """A file in a result; it is replaced by its URL."""

    def __init__(self, content: bytes, name: str, media_type: str) -> None:
        self.content: bytes = content
        self.name: str = name
        self.media_type: str = media_type


@dataclass(frozen=True, slots=True)
class Work:
    """What a model works on.

    Attributes:
        spec: Of the service.
        name: Of the job; the same after a restart.
        model: What was asked for; ``None`` where jobs have no models.
        content: The recording; empty where there is none.
        parameters: The body of the submit.
        schema: The name of the schema of the result; ``None`` where anything may be there.
        seed: Of values that are made up.
    """

    spec: Spec
    name: str
    model: str | None
    content: Content
    parameters: Any
    schema: str | None
    seed: str = "0"

    def invented(self, about: str, known: Known) -> Any:
        """A result that fits the schema; `known` is asked before a value is made up.

        Args:
            about: What the values follow from, beside the seed.
            known: Tells what is known.
        """
        schema = self.spec.schemas[str(self.schema)]
        return Inventor(self.spec.resolve, f"{self.seed}/{about}", known).value(schema)


class Backend:
    """A service that does what its spec says, and nothing else.

    Attributes:
        key_prefix: What keys of the service begin with.
        running: The statuses that a job shows in turn while it runs; the first two of the spec
            unless given.
        schemes: Further words before a key in the header of the credential.
        signs_files: Whether the URLs of files in results are signed.
        max_body: Bytes of a request body that is JSON, at most.
        models: The module of the pydantic models that were generated from the spec, if any.
        hook: The property of a submit's body that names the URL of webhooks.
        late: How a job ends whose time is over, by the look that it had; cancelled unless given.
        extra: Operations that the spec does not have, by name: nodes with ``method`` and ``path``.
        sockets: The names of its WebSockets, by their paths; orders of faults name them.
        paused: The status that a paused job shows; empty where it shows none of its own.
        commands: The statuses in which a job takes each command; where this says anything, others
            are refused.
    """

    key_prefix: str = ""
    running: Sequence[str] = ()
    schemes: Sequence[str] = ()
    signs_files: bool = True
    max_body: int = 16 * 1024 * 1024
    models: str = ""
    hook: str = "webhook_url"
    late: Mapping[str, str] = {}
    extra: Mapping[str, Record] = {}
    sockets: Mapping[str, str] = {}
    paused: str = ""
    commands: Mapping[str, Sequence[str]] = {}

    def variables(self, origin: str, path: str) -> Mapping[str, str]:
        """Environment variables that other clients of the service read: its own SDKs."""
        del origin, path
        return {}

    def records(self) -> Mapping[str, list[Record]]:
        """What there is from the start, by the path of its list, or of the one resource.

        Where this says anything, nothing else is made up.
        """
        return {}

    def outcome(self, work: "Work") -> Any:
        """The result of a job, as JSON with `Produced` files; called in a thread of its own.

        Raises:
            Failure: The job fails.
        """
        del work
        return INVENTED

    def links(self, *, by_token: bool) -> bool | None:
        """Whether results are behind links, where they may be; ``None`` goes by the spec."""
        del by_token
        return None

    def unknown(self, sent: str | None) -> Refused:
        """How a request is refused whose credential is `sent`; ``None`` where there is none."""
        wrong = "wrong" if sent else "missing"
        return Refused(401, f"the API key is {wrong}", "Unauthenticated")

    def wrong(self, service: "Service", operation: str, call: "Call", problem: str) -> Refused:
        """How a request is refused that does not fit the spec."""
        del service, operation, call
        return Refused(422, problem)

    def check(self, service: "Service", operation: str, call: "Call") -> None:
        """Refuse a request that fits the spec; raises `Refused`."""

    def submits(
        self, service: "Service", operation: str, call: "Call"
    ) -> "Mapping[str, Any] | None":
        """The body of the submit that an operation beside the spec's jobs amounts to."""
        del service, operation, call
        return None

    def plan(self, scenario: "Scenario", submit: "Submit") -> "Scenario":
        """What is to happen to a new job."""
        del submit
        return scenario

    def accept(
        self, service: "Service", operation: str, job: "ServedJob", call: "Call"
    ) -> Response | None:
        """The response to a submit; ``None`` is that of the spec."""
        del service, operation, job, call
        return None

    def shape(self, service: "Service", operation: str, draft: "Draft", call: "Call") -> None:
        """Change the response to an operation."""

    def show(self, service: "Service", draft: "Draft", job: "ServedJob") -> None:
        """Change what a poll shows of a job now; called for each of them."""

    def finished(self, service: "Service", job: "ServedJob") -> None:
        """Change what there is after the end of a job; called once."""

    def events(self, job: "ServedJob") -> Sequence[tuple[str, float | None]]:
        """What webhooks tell of a job, and after which share of its time; ``None`` is its end."""
        del job
        return [("end", None)]

    def delivery(self, job: "ServedJob", event: str) -> Any:
        """The body of a webhook."""
        del event
        return job.now().body

    def signature(self, secret: str, body: bytes, moment: int) -> Mapping[str, str]:
        """Headers of a webhook beside those of Standard Webhooks; `moment` in Unix seconds."""
        del secret, body, moment
        return {}

    def refuse(self, operation: str | None, body: Record, refused: Refused) -> None:
        """Change the body of a refusal."""

    def remote_failure(self, name: str, status: int, text: str) -> tuple[int, str]:
        """Status and text of a procedure whose operation is refused; 200 for a success."""
        del name
        return status, text

    def serve(
        self, service: "Service", operation: str, call: "Call", store: "Store"
    ) -> Response | None:
        """The response to an operation that the engine cannot serve; ``None`` where it can."""
        del service, operation, call, store
        return None

    def talk(
        self, service: "Service", socket: str, request: Received, status: int | None
    ) -> "Talk":
        """What is said over a WebSocket.

        Args:
            service: Of the backend.
            socket: The name of the socket.
            request: The handshake, which has a credential that is accepted.
            status: What the connection is refused for, as for an HTTP request; ``None`` for not.

        Raises:
            Refused: The handshake is refused.
        """
        del service, socket, request
        raise Refused(status or 403, "there is nothing to be said")
