"""What to do about each kind of error; the first that fits counts."""

import sys

import redenlab


def score(path: str) -> float | None:
    with redenlab.InferenceClient(model_name="intelligibility") as client:
        try:
            return client.predict(path, timeout=900).result.intelligibility_score
        except redenlab.InputError as error:
            print("correct the call, nothing was sent:", error)
        except redenlab.AuthenticationError as error:
            sys.exit(f"sign in: {error}")
        except redenlab.SubmitUncertain as error:
            print("it may run; look for it before you send it again:", error.job_id)
        except redenlab.JobTimeout as error:
            print("it goes on; wait for it later:", error.job.resume_token)
        except redenlab.InferenceError as error:
            print("the job has no result:", error.job_id, error)
        except redenlab.RedenLabError as error:
            print("try again later" if error.retryable else "no use in trying again", error)
        return None


print(score("call.wav"))
print(score("missing.wav"))
