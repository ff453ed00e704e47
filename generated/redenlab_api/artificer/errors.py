"""What a low-level call raises; shared by all backends."""

from redenlab.lowlevel.errors import ApiError, DecodeError, SchemaError

__all__ = ["ApiError", "DecodeError", "SchemaError"]
