"""Texts through two phases, with the progress of the whole batch."""

from redenlab import Polled
from redenlab.artificer import Artificer


def show(event: object) -> None:
    if isinstance(event, Polled) and event.progress:
        print(event.progress)


with Artificer() as client:
    done = client.run_batch(
        name="Translations",
        items=[{"input": f"Translate to Spanish: {text}"} for text in ("Hello", "Goodbye")],
        phases=[{"name": "translate", "model": "deepseek-chat"}, {"name": "review"}],
        on_event=show,
    )
    for item in done.result:
        print(item.status, item.output)
