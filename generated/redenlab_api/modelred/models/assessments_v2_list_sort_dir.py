"""The words known for AssessmentsV2ListSortDir when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

AssessmentsV2ListSortDir = Literal["asc", "desc"]

assessments_v2_list_sort_dir: decoding.Decoder[AssessmentsV2ListSortDir] = decoding.words(
    AssessmentsV2ListSortDir
)
"""Reads a word; one that is newer than this file passes as it is."""
