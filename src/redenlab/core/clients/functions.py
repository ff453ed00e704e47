"""Models as functions: ``painter = client.use("owner/name")``, then ``painter(prompt="a cat")``."""

from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import Client
from redenlab.core.clients.methods import Call, Resource, Stream, method, streaming
from redenlab.core.errors import APIError
from redenlab.core.jobs import model_schemas
from redenlab.core.jobs.handles import submit_job
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.model_schemas import PinnedModel, reference
from redenlab.core.jobs.streams import NO_STREAM
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.spec.expressions import pointer

if TYPE_CHECKING:
    from redenlab.core.jobs.outputs import OutputClient

C_co = TypeVar("C_co", bound=Client, covariant=True)


class _Model(Resource[C_co]):
    """A model of a client, with the schema that it publishes once that was needed."""

    def __init__(self, client: C_co, job: JobType[Any], ref: str | PinnedModel[Any]) -> None:
        super().__init__(client)
        self.ref: str = reference(ref)
        self._job = job
        self._pinned = ref if isinstance(ref, PinnedModel) else None

    def __repr__(self) -> str:
        """Name the model."""
        return f"{type(self).__name__}({self.ref!r})"

    @method
    def schema(self) -> Call[Mapping[str, Any]]:
        """The schemas that the model publishes, by their names; empty where it publishes none."""
        context = self._client.call_context("schema")
        return context, self._schemas(context)

    @method
    def create(self, /, **given: Any) -> Call["Run[C_co]"]:
        """Start a run, and return it at once.

        Raises:
            InputError: The input does not suit the model; nothing was started.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("create")
        return context, self._created(context, given)

    async def _known(self, context: CallContext) -> PinnedModel[Any] | None:
        if self._pinned is None:
            self._pinned = await model_schemas.published(context, self._job, self.ref)
        return self._pinned

    async def _schemas(self, context: CallContext) -> Mapping[str, Any]:
        model = await self._known(context)
        return {} if model is None else model.schemas

    async def _created(self, context: CallContext, given: Mapping[str, Any]) -> "Run[C_co]":
        model, job = await self._known(context), self._job
        if model is not None:
            model_schemas.check(job, model, given)
        wire = pointer(model_schemas.schemas_of(job).place).removeprefix("/")
        names = (name for name, other in job.names.items() if other == wire)
        request = JobRequest(self.ref, {next(names, wire): given})
        return Run(self._client, model, await submit_job(context, self._client, job, request))


class Function(_Model[C_co]):
    """A model that is called with its inputs, and returns its output.

    Outputs are what the model's schema says: a `FileOutput` for a file, one text where its words
    belong together, else JSON.
    """

    @method
    def __call__(self, /, **given: Any) -> Call[Any]:
        """Run the model, and wait for its output; an interruption cancels the run.

        Raises:
            InputError: The input does not suit the model; nothing was sent but for its schema.
            JobFailed: The model failed.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("use")

        async def called() -> Any:
            run = await self._created(context, given)
            return await run.ended(context)

        return context, called()


class StreamingFunction(_Model[C_co]):
    """A model that is called with its inputs, and yields its output while it runs."""

    @streaming
    def __call__(self, /, **given: Any) -> Stream[Any]:
        """Run the model, and yield each piece of its output: texts, or files where it makes files.

        Raises:
            InputError: The input does not suit the model; nothing was sent but for its schema.
            JobFailed: The model failed.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("use")

        async def called() -> AsyncGenerator[Any, None]:
            run = await self._created(context, given)
            async with aclosing(run.pieces(context)) as pieces:
                async for piece in pieces:
                    yield piece

        return context, called()


class Run(Resource[C_co]):
    """A run of a model.

    Attributes:
        job: Its handle, a `Job` or `AsyncJob`: `wait`, `cancel`, `reload`, `resume_token`.
    """

    def __init__(self, client: C_co, model: PinnedModel[Any] | None, job: Any) -> None:
        super().__init__(client)
        self.job: Any = job
        self._model = model

    def __repr__(self) -> str:
        """Name its job."""
        return f"Run({self.job!r})"

    @method
    def output(self, timeout: float | None = None) -> Call[Any]:
        """Wait for the output, for `timeout` seconds; ``None`` takes the client's."""
        context = self._client.call_context("output", timeout)
        return context, self.ended(context)

    def logs(self) -> Any:
        """What the model has printed so far; see `Job.logs`."""
        return self.job.logs()

    @streaming
    def stream(self, timeout: float | None = None) -> Stream[Any]:
        """Yield each piece of the output while the model runs; see `StreamingFunction`."""
        context = self._client.call_context("stream", timeout)
        return context, self.pieces(context)

    async def ended(self, context: CallContext) -> Any:
        """The workflow behind `output`."""
        result = (await self.job.ended(context, {})).result
        return self._shaped(result)

    def _shaped(self, output: Any, *, piece: bool = False) -> Any:
        if self._model is None:
            return output
        client = cast("OutputClient", self._client)
        return model_schemas.shaped(self.job.kind, self._model, client, output, piece=piece)

    async def pieces(self, context: CallContext) -> AsyncGenerator[Any, None]:
        """The workflow behind `stream`; what does not stream is yielded at its end."""
        async with self.job.interruptible(context, {}):
            try:
                async with aclosing(self.job.streamed(context)) as events:
                    async for event in events:
                        if event.output is not None:
                            yield self._shaped(event.output, piece=True)
                return
            except APIError as error:
                if error.code != NO_STREAM:
                    raise
            output: Any = await self.ended(context)
            several = cast("Iterable[Any]", output) if isinstance(output, list) else [output]
            for each in several:
                yield each
