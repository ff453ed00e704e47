"""Many recordings: all are submitted, then all results collected; a failure stops no other."""

from pathlib import Path

from redenlab import InferenceClient, RedenLabError

with InferenceClient(model_name="intelligibility") as client:
    jobs = {}
    for path in sorted(Path().glob("*.wav")):
        try:
            jobs[path] = client.submit(path)
        except RedenLabError as error:
            print(path, "was not sent:", error)

    for path, job in jobs.items():
        try:
            print(path, job.result(timeout=3600).result.intelligibility_score)
        except RedenLabError as error:
            print(path, "has no result:", error, job.resume_token)
