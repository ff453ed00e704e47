"""The errors of S3, by code: each status and message stands here and nowhere else."""

from typing import Final
from xml.sax.saxutils import escape

from starlette.responses import Response

REFUSALS: Final = {
    "AccessDenied": (403, "Access Denied"),
    "BadDigest": (400, "The Content-MD5 is not the one of the body."),
    "EntityTooLarge": (400, "The upload exceeds the maximum allowed size."),
    "IncompleteBody": (400, "The connection was closed."),
    "InternalError": (500, "We encountered an internal error."),
    "InvalidAccessKeyId": (403, "The access key of the link does not exist."),
    "InvalidArgument": (400, "Only one auth mechanism allowed."),
    "InvalidDigest": (400, "The Content-MD5 is not the Base64 of 16 bytes."),
    "MethodNotAllowed": (405, "The method is not allowed against this resource."),
    "MissingContentLength": (411, "Content-Length is required."),
    "NoSuchKey": (404, "The specified key does not exist."),
    "PreconditionFailed": (412, "A condition of the request does not hold."),
    "RequestHeaderSectionTooLarge": (400, "The header fields exceed the maximum allowed size."),
    "SignatureDoesNotMatch": (
        403,
        "The request differs from the one that was signed (method, path, query, headers).",
    ),
    "XAmzContentSHA256Mismatch": (400, "The x-amz-content-sha256 is not the one of the body."),
}
"""Status and message of each error code."""


class Refused(Exception):
    """A request that S3 refuses."""

    def __init__(self, code: str, message: str | None = None) -> None:
        """`code` is a key of `REFUSALS`; `message` replaces the one there."""
        self.code: str = code
        self.status: int = REFUSALS[code][0]
        self.message: str = message or REFUSALS[code][1]
        super().__init__(self.message)

    def response(self) -> Response:
        """The error in the XML of S3."""
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{self.code}</Code><Message>{escape(self.message)}</Message></Error>"
        )
        # Keeping the connection would require reading and discarding the whole body.
        headers = {"Connection": "close"} if self.code == "EntityTooLarge" else None
        return Response(body, self.status, headers, media_type="application/xml")
