"""One backend of the sandbox: its engine, with state on disk, work in threads, and faults."""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import Headers
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_client import profile
from redenlab.sandbox.engine.backend import INVENTED, Backend, Failure
from redenlab.sandbox.engine.engine import Engine, Exchange
from redenlab.sandbox.engine.jobs import ServedJob, Submit
from redenlab.sandbox.engine.messages import Received, mapping
from redenlab.sandbox.engine.scenario import REASON, Scenario, Setting
from redenlab.sandbox.engine.uploads import Upload
from redenlab.sandbox.faults import Fault, Kind
from redenlab.sandbox.host import signing
from redenlab.sandbox.host.canned import Order
from redenlab.sandbox.host.common import Common, Link
from redenlab.sandbox.host.faulty import Target
from redenlab.sandbox.host.journal import Entry
from redenlab.sandbox.host.recorder import JobView

if TYPE_CHECKING:
    from redenlab.core.spec.profile import Profile

_log = logging.getLogger(__name__)

PAGE = 100
"""Entries of a page, at most."""


class Served:
    """A backend below its own address.

    Attributes:
        name: Of the backend; the first part of its path.
        backend: What it does beyond its spec.
        engine: Serves it.
        origin: Of the API socket.
        storage_url: Origin of the storage.
        path: Below it is everything of the backend.
        key: The only API key that it accepts.
        url: Where clients find it.
        links: What the storage serves, by the first part of the path.
        profile: Where the settings of its clients come from.
        hooked: Jobs whose webhooks are still to be sent.
        lock: Held while the engine works: requests come from several threads, and what it makes
            up follows from their order, which is that of the journal.
    """

    def __init__(
        self, name: str, spec: Spec, backend: Backend, common: Common, *, given: bool
    ) -> None:
        """Serve `spec`, which was `given` by the caller, or is bundled.

        Raises:
            SpecError: It describes no job.
        """
        self.name: str = name
        self.backend: Backend = backend
        self.key: str = f"{backend.key_prefix}{common.key}"
        self._common = common
        self.path: str = f"/{name}{_path(spec)}"
        self.origin: str = common.origin
        self.storage_url: str = common.storage_url
        self.url: str = f"{common.origin}{self.path}"
        self.links: dict[str, Link] = common.links
        self.hooked: list[ServedJob] = []
        self.lock: threading.RLock = threading.RLock()
        self._replayed: Entry | None = None
        self._outcomes = common.journal.outcomes()
        self.engine: Engine = Engine(
            spec,
            key=self.key,
            setting=Setting(
                base_url=self.url,
                storage_url=common.storage_url,
                seed=common.seed,
                names=f"{common.names}/{name}",
                now=common.clock.now,
                link=self._link,
                link_seconds=common.link_seconds,
                samples=False,
                page_size=PAGE,
                webhook_secret=common.webhook_secret,
            ),
            backend=backend,
            plan=self._plan,
            knows=common.knows,
        )
        if not self.engine.jobs:
            raise spec.error(spec.document, "no operation has an x-job, so there is nothing to run")
        self.profile: Profile = profile(spec, self.engine.jobs[0], given=given)
        self.engine.intake.begun = self._begun
        self.engine.is_ready = self._is_ready

    def address(self, path: str) -> str:
        """The URL of a path of the socket; clients may leave out the path of the spec's server."""
        if not f"{path}/".startswith(f"{self.path}/"):
            path = f"{self.path}{path.removeprefix(f'/{self.name}')}"
        return f"{self.origin}{path}"

    @property
    def title(self) -> str:
        """Of the spec."""
        info = self.engine.service.spec.document.get("info", {})
        return str(info.get("title", self.name))

    @property
    def operations(self) -> list[str]:
        """What orders of faults may name: operations, and steps of jobs."""
        own = [*self.engine.service.routes, *self.backend.sockets.values()]
        names = [f"{self.name}/{operation}" for operation in own]
        steps = dict.fromkeys([*self.engine.steps.values(), "link", "webhook"])
        return [*names, *steps, f"{self.name}/link", f"{self.name}/webhook"]

    def views(self) -> list[JobView]:
        """Every job as the page shows it."""
        with self.lock:
            return [self._view(job) for job in self.jobs]

    def _view(self, job: ServedJob) -> JobView:
        course, look = job.course, job.course.look()
        return JobView(
            id=job.id,
            backend=self.name,
            job=job.job.name,
            model=job.model,
            state=look.state,
            status=look.name,
            created=job.submit.since or course.created,
            submitted=course.created,
            ended=course.ended,
            started=course.begun,
        )

    @property
    def jobs(self) -> list[ServedJob]:
        """Every job, in the order of their submits."""
        return self.engine.store.jobs

    def again(self, entry: Entry) -> None:
        """Make a request of an earlier run again."""
        url = self._whole(entry.request.url)
        keyed = url.startswith(self.origin)
        own = self.engine.keys.sent(by_token=entry.by_token)
        credential = own if keyed else dict[str, str]()
        headers = Headers({**entry.request.headers, **credential})
        request = replace(entry.request, url=url, headers=headers)
        self._replayed = entry
        with self._common.clock.at(entry.at):
            self.engine.respond(request)
        self._replayed = None

    def respond(self, request: Received) -> Exchange:
        """Respond to a request; what it changed is on disk when this returns."""
        with self.lock, self._common.clock.at(time.time()):
            exchange = self.engine.respond(request)
            if exchange.acted:
                self._note(request, exchange)
        return exchange

    def _note(self, request: Received, exchange: Exchange) -> None:
        made = exchange.job if exchange.step == "" else None
        keys = self.engine.keys
        entry = Entry(
            self._common.clock.now(),
            self.name,
            replace(request, url=self._kept(keys.without(request).url)),
            keys.by_token(request),
            made.scenario if made else None,
        )
        hidden = keys.hidden if request.url.startswith(self.origin) else frozenset[str]()
        self._common.journal.note(entry, hidden)

    def _kept(self, url: str) -> str:
        """A URL as it is written down: without the socket, which changes, or a signature."""
        if url.startswith(self.origin):
            return f"api:{url.removeprefix(self.origin)}"
        path = url.removeprefix(self.storage_url)
        link = self._common.links.get(path.split("/")[1])
        return f"storage:{path.partition('?')[0] if link and link.method else path}"

    def _whole(self, kept: str) -> str:
        """A URL that was written down."""
        place, _, path = kept.partition(":")
        if place == "api":
            return f"{self.origin}{path}"
        link = self._common.links.get(path.split("/")[1])
        return link.url if link and link.method else f"{self.storage_url}{path}"

    def aim(self, request: Received) -> tuple[Target, ServedJob | None]:
        """What a request is for, as orders of faults name it, and the job that it is about."""
        with self.lock:
            operation, step, thing = self.engine.aim(request)
            job = thing if isinstance(thing, ServedJob) else None
            return self._target(operation, step, thing), job

    def made(self, exchange: Exchange) -> Target:
        """What a request was for."""
        step = "submit" if exchange.acted and exchange.job and not exchange.step else exchange.step
        return self._target(exchange.operation or exchange.step, step, exchange.job)

    def _target(self, operation: str, step: str, thing: ServedJob | Upload | None) -> Target:
        at = f"{self.name}/{operation}" if operation else ""
        if thing is None:
            return Target(at, step)
        model = thing.model if isinstance(thing, ServedJob) else None
        return Target(at, step, model, recording(thing))

    # -- what happens to jobs

    def _plan(self, job: JobSpec, submit: Submit, request: Received) -> Scenario:
        if self._replayed is not None and self._replayed.scenario is not None:
            return self._replayed.scenario
        file = f"{submit.upload}/{submit.file}" if submit.file else None

        def taken(kind: Kind) -> Fault | None:
            at = f"{self.name}/{job.submit}"
            return self._common.faults.take(
                {kind}, at, step="submit", model=submit.model, file=file
            )

        failed, waits = taken("failed"), {kind: taken(kind) for kind in ("cold", "lag", "skew")}
        order = self._order(job, submit) or Order()
        end, reason = ("failed", failed.text) if failed else (order.end, order.reason)
        seconds = {kind: fault.seconds if fault else 0.0 for kind, fault in waits.items()}
        return Scenario(
            seconds=self._common.processing,
            linked=self.backend.links(by_token=self.engine.keys.by_token(request)),
            late=seconds["cold"],
            lag=seconds["lag"],
            skew=seconds["skew"],
            stuck=taken("stuck") is not None,
            end=end,
            reason=reason or REASON,
        )

    def _order(self, job: JobSpec, submit: Submit) -> Order | None:
        found = (self.name, self.engine, job, submit.model, submit.file)
        return self._common.canned.order(*found)

    def _is_ready(self, model: str) -> bool:
        now = self._common.clock.now()
        return all((job.course.begun or 0) <= now for job in self.jobs if job.model == model)

    def _begun(self, job: ServedJob) -> None:
        """Work on a new job, unless its outcome is known."""
        known = self._outcomes.get((self.name, job.name)) if self._replayed else None
        due = job.course.created + (job.scenario.seconds or 0)
        if hook(self.backend, job) and (known is None or due > time.time()):
            self.hooked.append(job)
        if known is not None:  # else a crash came between a job's outcome and its entry
            job.settle(known[1], known[0])
            return
        order = self._order(job.job, job.submit)
        free = order is None and job.scenario.end is None
        if free and type(self.backend).outcome is not Backend.outcome:
            self._common.pool.submit(self._work, job)
        else:
            self._settle(job, order.result if order else INVENTED)

    def _work(self, job: ServedJob) -> None:
        try:
            outcome = self.backend.outcome(job.work())
        except Failure as failure:
            outcome = failure
        except Exception:  # noqa: BLE001 - a job must end, or its caller waits until its timeout
            _log.exception("the sandbox could not work on a job")
            outcome = Failure("The sandbox could not work on the job")
        self._settle(job, outcome)

    def _settle(self, job: ServedJob, outcome: Any) -> None:
        at = self._common.clock.now()
        self._common.journal.settle(self.name, job.name, at, outcome)
        with self.lock:
            job.settle(outcome, at)

    # -- links

    def _link(self, method: str, url: str, headers: Mapping[str, str]) -> str:
        parts = urlsplit(url)
        path = unquote(parts.path)
        key = path.split("/")[1]
        if method not in {"GET", "PUT"}:
            self._common.links[key] = Link(self, "", url)
            return url
        signed = {**{name.lower(): text for name, text in headers.items()}, "host": parts.netloc}
        request = signing.Signed(method, path, [], signed)
        named = self.engine.service.named_for.partition("/")[0]
        job = next((each for each in self.jobs if each.name == named), None)
        file = recording(job) if job else f"{named}/{path.rpartition('/')[2]}"
        at = f"{self.name}/link"
        expired = self._replayed is None and self._common.faults.take(
            {"expired-link"}, at, step="link", file=file
        )
        seconds = 0 if expired else self._common.link_seconds
        now = datetime.fromtimestamp(self._common.clock.now(), UTC)
        found = signing.link(request, self._common.storage_url, self._common.secret, seconds, now)
        self._common.links.setdefault(key, Link(self, method, found))  # the engine knows the first
        return found


def recording(thing: ServedJob | Upload) -> str | None:
    """The name of a recording, below what tells it from others of the same name."""
    file = thing.submit.file if isinstance(thing, ServedJob) else thing.sent.get("name", "")
    return f"{thing.upload}/{file}" if file else None


def hook(backend: Backend, job: ServedJob) -> str:
    """The URL of a job's webhooks; empty where there is none."""
    found = job.submit.known.value(f"$request.body#/{backend.hook}")
    return found if isinstance(found, str) else ""


def _path(spec: Spec) -> str:
    """The path of a spec's first server, with the defaults of its variables."""
    servers: Sequence[Mapping[str, Any]] = spec.document.get("servers", ())
    server = mapping(servers[0]) if servers else mapping(None)
    values = {name: each["default"] for name, each in mapping(server.get("variables")).items()}
    return urlsplit(str(server.get("url", "")).format(**values)).path.rstrip("/")
