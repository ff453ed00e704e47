"""What storage answers to each of 99 probes: status and error code.

Every expectation is the answer of a real S3 server to the same bytes, radosgw 16.2.15 of Ceph
(Debian 12), except for the rows of `STRICTER`, which docs/sandbox.md names. Links are signed by
botocore; a row changes one thing about the link or the request.
"""

import base64
import datetime
import hashlib
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from redenlab.core.files.recording import MAX_BYTES
from redenlab.sandbox.host.signing import ACCESS_KEY
from sandbox.stored import SECRET, Running, serving

DATA = b"RIFF, or so it says"
WAV = {"Content-Type": "audio/wav"}
WEEK = 7 * 24 * 3600

OK = (200, "")
DENIED = (403, "AccessDenied")
MISMATCH = (403, "SignatureDoesNotMatch")
UNKNOWN = (403, "InvalidAccessKeyId")
ARGUMENT = (400, "InvalidArgument")
DIGEST = (400, "BadDigest")
NO_DIGEST = (400, "InvalidDigest")
PAYLOAD = (400, "XAmzContentSHA256Mismatch")
NO_LENGTH = (411, "MissingContentLength")
NO_METHOD = (405, "MethodNotAllowed")
BAD_REQUEST = (400, "")
FORBIDDEN = (403, "")  # the answer to a HEAD has no body


def md5(data: bytes) -> str:
    return base64.b64encode(hashlib.md5(data).digest()).decode()


def sha256(data: bytes) -> dict[str, str]:
    return {"X-Amz-Content-SHA256": hashlib.sha256(data).hexdigest()}


@dataclass(frozen=True)
class Peer:
    """An S3 server, and who may use it."""

    url: str
    access_key: str
    secret: str
    region: str


@dataclass(frozen=True)
class Row:
    """A request, and its answer.

    Attributes:
        answer: Status and error code; any code will do where radosgw sends none.
        link: The method that the link is for, and that is used unless `method` is given.
        signed: Headers that the link covers, and that are sent.
        sent: Further or other headers; ``None`` leaves one out.
        query: Parameters that are changed in the finished link; ``None`` leaves one out.
        path: What the link is for, instead of a path made from the name of the row.
        elsewhere: Whether the link is changed to lead to another path.
        age: Seconds since the link was signed.
        there: Whether the object exists before.
    """

    answer: tuple[int, str]
    _: KW_ONLY
    link: str = "PUT"
    method: str = ""
    signed: Mapping[str, str] = field(default_factory=WAV.copy)
    sent: Mapping[str, str | None] = field(default_factory=dict)
    query: Mapping[str, str | None] = field(default_factory=dict)
    path: str = ""
    elsewhere: bool = False
    body: bytes = DATA
    age: int = 0
    seconds: int = 900
    access_key: str = ""
    secret: str = ""
    region: str = ""
    service: str = "s3"
    there: bool = False


FLIPPED = {"X-Amz-Signature": "0" * 64}
ANONYMOUS = dict.fromkeys(
    f"X-Amz-{each}"
    for each in ("Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature")
)

BASIC = {
    "valid": Row(OK),
    "flipped signature": Row(MISMATCH, query=FLIPPED),
    "other key": Row(MISMATCH, elsewhere=True),
    "GET by a link for PUT": Row(MISMATCH, method="GET", body=b"", there=True),
    "HEAD by a link for PUT": Row(FORBIDDEN, method="HEAD", body=b"", there=True),
    "DELETE by a link for PUT": Row(MISMATCH, method="DELETE", body=b"", there=True),
    "wrong secret": Row(MISMATCH, secret="wrong"),
    "added parameter": Row(MISMATCH, query={"x-id": "PutObject"}),
    "unknown access key": Row(UNKNOWN, access_key="NOBODY"),
    "longer life": Row(MISMATCH, query={"X-Amz-Expires": "9000"}),
    "expired 2 s ago": Row(DENIED, age=3, seconds=1),
    "20 min of 15 are over": Row(DENIED, age=1200),
    "14 min of 15 are over": Row(OK, age=840),
    "1 h ahead": Row(OK, age=-3600),
    "other content type": Row(MISMATCH, sent={"Content-Type": "audio/x-wav"}),
    "no content type": Row(MISMATCH, sent={"Content-Type": None}),
    "bearer token": Row(ARGUMENT, sent={"Authorization": "Bearer x"}),
    "no length": Row(NO_LENGTH, sent={"Content-Length": None}),
    "chunked": Row(
        NO_LENGTH,
        sent={"Content-Length": None, "Transfer-Encoding": "chunked"},
        body=b"1\r\nx\r\n0\r\n\r\n",
    ),
    "right MD5": Row(OK, sent={"Content-MD5": md5(DATA)}),
    "wrong MD5": Row(DIGEST, sent={"Content-MD5": md5(b"other")}),
    "anonymous PUT": Row(DENIED, query=ANONYMOUS),
    "If-None-Match: *": Row(OK, sent={"If-None-Match": "*"}),
    "second If-None-Match: *": Row(
        (412, "PreconditionFailed"), sent={"If-None-Match": "*"}, there=True
    ),
    "second PUT": Row(OK, there=True),
    "empty object": Row(OK, body=b""),
    "GET": Row(OK, link="GET", signed={}, body=b"", there=True),
    "HEAD": Row(OK, link="HEAD", signed={}, body=b"", there=True),
    "1 day ahead": Row(OK, age=-WEEK // 7),
}

FORM = {
    "life of seven days": Row(OK, seconds=WEEK),
    "life of seven days and a second": Row(DENIED, seconds=WEEK + 1),
    "life of no second": Row(DENIED, seconds=0),
    "life of -1 s": Row(DENIED, seconds=-1),
    "life that is no number": Row(DENIED, query={"X-Amz-Expires": "soon"}),
    "no life": Row(DENIED, query={"X-Amz-Expires": None}),
    "no date": Row(DENIED, query={"X-Amz-Date": None}),
    "date that is none": Row(DENIED, query={"X-Amz-Date": "today"}),
    "no credential": Row(DENIED, query={"X-Amz-Credential": None}),
    "credential without a scope": Row(ARGUMENT, query={"X-Amz-Credential": "{access_key}"}),
    "credential of another day": Row(
        MISMATCH, query={"X-Amz-Credential": "{access_key}/20200101/{region}/s3/aws4_request"}
    ),
    "other service": Row(OK, service="ec2"),
    "other region": Row(OK, region="eu-north-1"),
    "other algorithm": Row(DENIED, query={"X-Amz-Algorithm": "AWS4-HMAC-SHA512"}),
    "no algorithm": Row(DENIED, query={"X-Amz-Algorithm": None}),
    "no signed headers": Row(DENIED, query={"X-Amz-SignedHeaders": None}),
    "fewer signed headers": Row(MISMATCH, query={"X-Amz-SignedHeaders": "host"}),
    "no signature": Row(DENIED, query={"X-Amz-Signature": None}),
    "signature in capitals": Row(MISMATCH, query={"X-Amz-Signature": "A" * 64}),
    "session token": Row(MISMATCH, query={"X-Amz-Security-Token": "x"}),
    "expired, flipped": Row(DENIED, age=3, seconds=1, query=FLIPPED),
    "expired, unknown access key": Row(DENIED, age=3, seconds=1, access_key="NOBODY"),
    "too long a life, flipped": Row(DENIED, seconds=WEEK + 1, query=FLIPPED),
    "unknown access key, flipped": Row(UNKNOWN, access_key="NOBODY", query=FLIPPED),
}

HEADERS = {
    "MD5 that is none": Row(NO_DIGEST, sent={"Content-MD5": "!"}),
    "MD5 that is too short": Row(NO_DIGEST, sent={"Content-MD5": "YWJj"}),
    "empty MD5": Row(NO_DIGEST, sent={"Content-MD5": ""}),
    "MD5 that is none, flipped": Row(MISMATCH, query=FLIPPED, sent={"Content-MD5": "!"}),
    "signed MD5": Row(OK, signed={**WAV, "Content-MD5": md5(DATA)}),
    "signed MD5, other body": Row(DIGEST, signed={**WAV, "Content-MD5": md5(b"other")}),
    "signed MD5, none sent": Row(
        MISMATCH, signed={**WAV, "Content-MD5": md5(DATA)}, sent={"Content-MD5": None}
    ),
    "signed MD5, other sent": Row(
        MISMATCH, signed={**WAV, "Content-MD5": md5(b"other")}, sent={"Content-MD5": md5(DATA)}
    ),
    "signed sha256": Row(OK, signed=WAV | sha256(DATA)),
    "signed sha256, other body": Row(PAYLOAD, signed=WAV | sha256(b"other")),
    "signed sha256, none sent": Row(
        MISMATCH, signed=WAV | sha256(DATA), sent=dict.fromkeys(sha256(b""))
    ),
    "signed sha256 that is none": Row(PAYLOAD, signed={**WAV, "X-Amz-Content-SHA256": "x"}),
    "signed sha256 and MD5, both wrong": Row(
        PAYLOAD, signed=WAV | sha256(b"other"), sent={"Content-MD5": md5(b"other")}
    ),
    "right sha256, not signed": Row(MISMATCH, sent=sha256(DATA)),
    "wrong sha256, not signed": Row(MISMATCH, sent=sha256(b"other")),
    "UNSIGNED-PAYLOAD": Row(OK, sent={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}),
    "signed UNSIGNED-PAYLOAD": Row(OK, signed={**WAV, "X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}),
    "wrong signed checksum": Row(OK, signed={**WAV, "x-amz-checksum-sha256": md5(b"other")}),
    "signed metadata": Row(OK, signed={**WAV, "x-amz-meta-a": "b"}),
    "signed metadata, none sent": Row(
        MISMATCH, signed={**WAV, "x-amz-meta-a": "b"}, sent={"x-amz-meta-a": None}
    ),
    "no content type, none signed": Row(OK, signed={}),
    "content type, none signed": Row(OK, signed={}, sent=WAV),
    "cookie": Row(OK, sent={"Cookie": "a=b"}),
    "Expect: 100-continue": Row(OK, sent={"Expect": "100-continue"}),
    "9 KiB of headers": Row(OK, sent={"X-Long": "x" * 9 * 1024}),
    "17 KiB of headers": Row(BAD_REQUEST, sent={"X-Long": "x" * 17 * 1024}),
    "17 KiB in 170 headers": Row(BAD_REQUEST, sent={f"X-{n}": "x" * 96 for n in range(170)}),
    "70 KiB of headers": Row(BAD_REQUEST, sent={"X-Long": "x" * 70 * 1024}),
}

REST = {
    "5 GiB and a byte": Row((400, "EntityTooLarge"), sent={"Content-Length": str(MAX_BYTES + 1)}),
    "5 GiB and a byte, flipped": Row(
        MISMATCH, query=FLIPPED, sent={"Content-Length": str(MAX_BYTES + 1)}
    ),
    "no length, MD5 that is none": Row(
        NO_LENGTH, sent={"Content-Length": None, "Content-MD5": "!"}
    ),
    "length that is no number": Row(BAD_REQUEST, sent={"Content-Length": "x"}),
    "If-None-Match: an ETag": Row(OK, sent={"If-None-Match": '"x"'}, there=True),
    "umlauts in the key": Row(OK, path="/recordings/d%C3%A4s%20call%2B.wav"),
    "GET of nothing": Row((404, "NoSuchKey"), link="GET", signed={}, body=b""),
    "HEAD of nothing": Row((404, ""), link="HEAD", signed={}, body=b""),
    "PUT by a link for GET": Row(MISMATCH, link="GET", method="PUT", signed={}, there=True),
    "HEAD by a link for GET": Row(
        FORBIDDEN, link="GET", method="HEAD", signed={}, body=b"", there=True
    ),
    "POST by a link for PUT": Row(MISMATCH, method="POST"),
    "PATCH by a link for PUT": Row(NO_METHOD, method="PATCH"),
    "method that nobody knows": Row(NO_METHOD, method="BREW", query=ANONYMOUS),
    "anonymous GET": Row(DENIED, link="GET", signed={}, body=b"", query=ANONYMOUS, there=True),
    "anonymous PUT with a token": Row(
        ARGUMENT, query=ANONYMOUS, sent={"Authorization": "Bearer x"}
    ),
    "bearer token, flipped": Row(ARGUMENT, query=FLIPPED, sent={"Authorization": "Bearer x"}),
}

STRICTER = {
    # radosgw answers 200 to both.
    "API key": Row(ARGUMENT, sent={"X-Api-Key": "x"}),
    "x-amz header that is not signed": Row(DENIED, sent={"x-amz-acl": "private"}),
}

ROWS = BASIC | FORM | HEADERS | REST | STRICTER


def linked(peer: Peer, row: Row, path: str) -> str:
    """Path and query of a link signed by botocore, with what the row changes in it."""
    who = Credentials(row.access_key or peer.access_key, row.secret or peer.secret)
    signer = botocore.auth.S3SigV4QueryAuth(
        who, row.service, row.region or peer.region, expires=row.seconds
    )
    request = AWSRequest(row.link, peer.url + path, headers=dict(row.signed))
    at = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=row.age)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: at)
        signer.add_auth(request)
    query: dict[str, str | None] = dict(parse_qsl(urlsplit(request.url).query))
    for name, value in row.query.items():
        query[name] = value and value.format(access_key=peer.access_key, region=peer.region)
    left = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(left, quote_via=quote)}"


def exchange(url: str, request: bytes) -> bytes:
    """All that a server sends until it closes the connection."""
    where = urlsplit(url)
    with socket.create_connection((where.hostname or "", where.port or 0), 20) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return re.sub(rb"\AHTTP/1.1 100 .*?\r\n\r\n", b"", received, flags=re.DOTALL)


def answer(peer: Peer, row: Row, path: str) -> tuple[int, str]:
    """Status and error code of the answer to a row; no code is ``""``."""
    path = row.path or path
    if row.there:
        assert answer(peer, BASIC["valid"], path) == OK
    target = linked(peer, row, path)
    if row.elsewhere:
        target = target.replace(path, f"{path}x")
    headers = {"Host": urlsplit(peer.url).netloc, "Content-Length": str(len(row.body))}
    headers |= {**row.signed, **row.sent, "Connection": "close"}
    lines = [f"{row.method or row.link} {target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items() if value is not None]
    received = exchange(peer.url, "\r\n".join([*lines, "", ""]).encode() + row.body)
    code = re.search(b"<Code>(.*)</Code>", received)
    return int(received.split()[1]), code[1].decode() if code else ""


def same(answer: tuple[int, str], expected: tuple[int, str]) -> bool:
    """Whether statuses are equal, and codes if one is expected."""
    return answer[0] == expected[0] and expected[1] in {"", answer[1]}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A storage for all rows; each has its own object."""
    with serving(tmp_path_factory.mktemp("storage")) as storage:
        yield storage


@pytest.mark.parametrize("name", ROWS)
def test_storage_answers_as_a_real_server_does(running: Running, name: str) -> None:
    peer = Peer(running.url, ACCESS_KEY, SECRET, "local")
    answered = answer(peer, ROWS[name], f"/recordings/{quote(name, safe='')}.wav")
    assert same(answered, ROWS[name].answer), answered
