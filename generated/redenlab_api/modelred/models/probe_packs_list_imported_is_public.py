"""The words known for ProbePacksListImportedIsPublic when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ProbePacksListImportedIsPublic = Literal["false", "true"]

probe_packs_list_imported_is_public: decoding.Decoder[ProbePacksListImportedIsPublic] = (
    decoding.words(ProbePacksListImportedIsPublic)
)
"""Reads a word; one that is newer than this file passes as it is."""
