"""The words known for ProbePacksListImportedSortDir when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ProbePacksListImportedSortDir = Literal["asc", "desc"]

probe_packs_list_imported_sort_dir: decoding.Decoder[ProbePacksListImportedSortDir] = (
    decoding.words(ProbePacksListImportedSortDir)
)
"""Reads a word; one that is newer than this file passes as it is."""
