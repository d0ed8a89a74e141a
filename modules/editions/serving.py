"""A file of an edition as an answer, whole or as “not changed”."""

import re

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from modules.editions.making import forget_lost
from modules.editions.models import EditionFile

CONTENT_TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


def name_of(file: EditionFile) -> str:
    """What it is called where it is saved: simplify-handbook-0.2-en.pdf."""
    version = re.sub(r"[^A-Za-z0-9.]+", "-", file.version).strip("-.")
    parts = (file.course.code, file.edition, version, file.lang)
    return f"{'-'.join(part for part in parts if part)}.{file.format}"


def answer_with(request: HttpRequest, file: EditionFile) -> HttpResponseBase | None:
    """The file, or 304 for who has it already; None where the storage has lost it."""
    modified = int(file.built_at.timestamp()) if file.built_at else None
    unchanged = get_conditional_response(request, quote_etag(file.sha), modified)
    answer = unchanged or whole(request, file)
    if answer is not None:
        for name, value in headers_of(file).items():
            answer.headers[name] = value
    return answer


def headers_of(file: EditionFile) -> dict[str, str]:
    return {
        "ETag": quote_etag(file.sha),
        "Last-Modified": http_date(file.built_at.timestamp()) if file.built_at else "",
        # Whoever has it asks each time whether it is still the newest, and whether he may read it.
        "Cache-Control": "private, no-cache",
    }


def whole(request: HttpRequest, file: EditionFile) -> HttpResponseBase | None:
    content_type = CONTENT_TYPES[file.format]
    if request.method == "HEAD":
        length = {"Content-Length": str(file.bytes)}
        return HttpResponse(content_type=content_type, headers=length)
    try:
        content = file.file.open("rb")
    except FileNotFoundError:
        forget_lost(file)
        return None
    return FileResponse(content, content_type=content_type, filename=name_of(file))
