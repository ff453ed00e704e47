"""The words known for JobStatus when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

JobStatus = Literal["cancelled", "cancelling", "completed", "failed", "pending", "running"]

job_status: decoding.Decoder[JobStatus] = decoding.words(JobStatus)
"""Reads a word; one that is newer than this file passes as it is."""
