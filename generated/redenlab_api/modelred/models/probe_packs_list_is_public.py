"""The words known for ProbePacksListIsPublic when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ProbePacksListIsPublic = Literal["false", "true"]

probe_packs_list_is_public: decoding.Decoder[ProbePacksListIsPublic] = decoding.words(
    ProbePacksListIsPublic
)
"""Reads a word; one that is newer than this file passes as it is."""
