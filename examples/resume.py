"""A job of one process that another waits for: only a short text is handed over."""

from pathlib import Path

from redenlab import InferenceClient, Job

NOTE = Path("job.token")

with InferenceClient() as client:  # the first process
    NOTE.write_text(client.submit("call.wav").resume_token)

with InferenceClient() as client:  # the second one, perhaps tomorrow
    job = Job.from_resume_token(NOTE.read_text(), client)
    print(job.result().result)
