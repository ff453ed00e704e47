"""The words known for BatchJobStatus when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

BatchJobStatus = Literal["CANCELLED", "COMPLETED", "FAILED", "PAUSED", "PENDING", "RUNNING"]

batch_job_status: decoding.Decoder[BatchJobStatus] = decoding.words(BatchJobStatus)
"""Reads a word; one that is newer than this file passes as it is."""
