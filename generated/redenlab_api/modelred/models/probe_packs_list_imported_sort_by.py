"""The words known for ProbePacksListImportedSortBy when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ProbePacksListImportedSortBy = Literal[
    "category", "importedAt", "name", "probeCount", "promptCount"
]

probe_packs_list_imported_sort_by: decoding.Decoder[ProbePacksListImportedSortBy] = decoding.words(
    ProbePacksListImportedSortBy
)
"""Reads a word; one that is newer than this file passes as it is."""
