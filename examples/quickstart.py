"""One recording, one result."""

from redenlab import InferenceClient

with InferenceClient(model_name="intelligibility") as client:
    found = client.predict("call.wav")
    print(found.job_id, found.status)
    print(found.result.intelligibility_score)

    # The status of a job can be asked for by its id, from anywhere.
    print(client.get_status(found.job_id).status)
