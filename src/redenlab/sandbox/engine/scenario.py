"""What is to happen to a job, and how an engine is run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

REASON = "the sandbox was told to end it so"


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is to happen to a job.

    Attributes:
        end: The name of the look that ends it; ``None`` for the first that is a success.
        linked: Whether its result is behind a link, where it may be in the poll as well; ``None``
            goes by the spec.
        inline: Whether the response to the submit has the end already, where that may be.
        pending: Whether submits and results are not ready at first, where the spec has waits.
        resolve: Whether the first submit is refused, so that its model has to be looked up.
        seconds: How long it takes; ``None`` lets each poll move it on.
        late: Seconds until it begins to run.
        lag: Seconds by which polls show late what it does.
        skew: Seconds by which its timestamps are wrong.
        stuck: Whether it never ends by itself.
        limit: Seconds after which it is stopped; ``None`` for never.
        reason: Why it ends badly.
    """

    end: str | None = None
    linked: bool | None = None
    inline: bool = False
    pending: bool = False
    resolve: bool = False
    seconds: float | None = None
    late: float = 0.0
    lag: float = 0.0
    skew: float = 0.0
    stuck: bool = False
    limit: float | None = None
    reason: str = REASON


@dataclass(frozen=True, slots=True)
class Setting:
    """How an engine is run.

    Attributes:
        base_url: Of the API, without a slash at its end.
        storage_url: Of what is requested without a key.
        seed: Of values that are made up.
        names: Seed of what names something: ids, numbers, URLs; the same seed unless given.
        now: Seconds since the epoch, as timestamps show them.
        link: Makes a URL of the storage one that may be requested: signs it. Called with the
            method, the URL and the headers that the request will have; the method is empty where
            clients add to the URL.
        link_seconds: For how long such a URL is valid.
        samples: Whether there is already something wherever clients may look.
        page_size: Entries of a page, at most.
        webhook_secret: Signs webhooks.
    """

    base_url: str = "https://api.example.com"
    storage_url: str = "https://storage.example.com"
    seed: str = "0"
    names: str = ""
    now: Callable[[], float] = lambda: 0.0
    link: Callable[[str, str, Mapping[str, str]], str] = lambda _method, url, _headers: url
    link_seconds: int = 900
    samples: bool = True
    page_size: int = 2
    webhook_secret: str = ""
