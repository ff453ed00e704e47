"""The words known for ProbePacksListSortDir when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ProbePacksListSortDir = Literal["asc", "desc"]

probe_packs_list_sort_dir: decoding.Decoder[ProbePacksListSortDir] = decoding.words(
    ProbePacksListSortDir
)
"""Reads a word; one that is newer than this file passes as it is."""
