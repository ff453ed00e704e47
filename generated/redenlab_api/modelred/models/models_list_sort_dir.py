"""The words known for ModelsListSortDir when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ModelsListSortDir = Literal["asc", "desc"]

models_list_sort_dir: decoding.Decoder[ModelsListSortDir] = decoding.words(ModelsListSortDir)
"""Reads a word; one that is newer than this file passes as it is."""
