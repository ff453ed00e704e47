"""A transcript with speakers from a Dalston server, and subtitles of it."""

from redenlab.dalston import Dalston, SpeakerDetection

with Dalston() as client:
    job = client.transcribe("call.wav", speaker_detection=SpeakerDetection.DIARIZE)
    done = client.wait_for_completion(job.id, on_progress=print)
    for segment in done.transcript.segments:
        print(f"{segment.start:7.2f}  {segment.speaker_id or '?'}  {segment.text}")
    print(client.export(job.id, "srt"))
