"""The progress of an upload and of a job, as events."""

from redenlab import Finished, InferenceClient, Polled, Uploading


def show(event: object) -> None:
    match event:
        case Uploading(sent, total):
            print(f"uploaded {sent / total:.0%}")
        case Polled(_, status, elapsed, pause):
            print(f"{status} after {elapsed:.1f} s, next poll in {pause:.1f} s")
        case Finished(_, status, elapsed):
            print(f"{status} after {elapsed:.1f} s")


with InferenceClient() as client:
    print(client.predict("call.wav", on_event=show).result)
