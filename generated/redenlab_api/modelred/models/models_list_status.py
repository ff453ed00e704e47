"""The words known for ModelsListStatus when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ModelsListStatus = Literal["active", "both", "inactive"]

models_list_status: decoding.Decoder[ModelsListStatus] = decoding.words(ModelsListStatus)
"""Reads a word; one that is newer than this file passes as it is."""
