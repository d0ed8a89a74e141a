"""Parts of files, so that a phone can begin a recording anywhere and go on after a break.

Players ask for `Range: bytes=…` (RFC 9110, section 14); some play nothing without it. Several
ranges in one request are answered with the whole file, as the standard allows.
"""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

BLOCK = 64 * 1024  # bytes read at once
# What Wagtail sends for a file whose hash it does not know; it would tell no file from another.
NO_MARK = '""'
# No file has a size of more than 18 digits.
ONE_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.IGNORECASE)


def part_of(asked: str, size: int) -> range | None:
    """The bytes that a `Range` header asks for, of `size`: none of them where there are none such.

    None where the header is not understood, and the whole file is the answer.
    """
    found = ONE_RANGE.fullmatch(asked.replace(" ", ""))
    first, last = found.groups() if found else ("", "")
    if first and last and int(last) < int(first):
        return None
    if first:
        return range(size)[int(first) : int(last) + 1 if last else size]
    return range(max(size - int(last), 0), size) if last else None


def answers_ranges(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """For a view that sends files from the disk: sends parts of them, with all its headers."""

    @wraps(view)
    def in_parts(request: HttpRequest, *args: object) -> HttpResponseBase:
        response = view(request, *args)
        if not isinstance(response, FileResponse) or response.file_to_stream is None:
            return response
        response.headers["Accept-Ranges"] = "bytes"
        # Not to be compressed afresh on its way out: the parts would not fit together.
        response.headers["Content-Encoding"] = "identity"
        if response.headers.get("ETag") == NO_MARK:
            del response.headers["ETag"]
        part = asked_part(request, response)
        return response if part is None else cut(response, response.file_to_stream, part)

    return in_parts


def asked_part(request: HttpRequest, response: FileResponse) -> range | None:
    """What `request` asks for of the file; None for the whole, also when the file has changed."""
    asked, known = request.headers.get("Range"), request.headers.get("If-Range")
    if request.method != "GET" or not asked:
        return None
    if known and known not in {response.headers.get("ETag"), response.headers.get("Last-Modified")}:
        return None
    return part_of(asked, int(response.headers["Content-Length"]))


def cut(response: FileResponse, file: IO[bytes], part: range) -> HttpResponseBase:
    """`response` with `part` of its `file` alone; the answer 416 where there is no such part."""
    size = response.headers["Content-Length"]
    if not part:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.streaming_content = pieces(file, part)
    response.status_code = 206
    response.headers["Content-Length"] = str(len(part))
    response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def pieces(file: IO[bytes], part: range) -> Iterator[bytes]:
    """The bytes of `part`, a block at a time."""
    file.seek(part.start)
    for start in range(part.start, part.stop, BLOCK):
        yield file.read(min(BLOCK, part.stop - start))
