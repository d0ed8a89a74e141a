"""The address of a certificate, as it is printed: of this site, without a language."""

import re

from django.conf import settings

TOKEN = re.compile(r"[A-Za-z0-9_-]{24}")
IN_ADDRESS = re.compile(r"/certificates/([A-Za-z0-9_-]{24})(?:/|\.pdf|$)")


def certificate_address(token: str) -> str:
    return f"{settings.SITE_URL}/certificates/{token}/"


def token_in(text: str) -> str:
    """The token in an address or a token, as typed, pasted or scanned; empty for none."""
    text = text.strip()
    found = IN_ADDRESS.search(text.partition("?")[0])
    if found:
        return found[1]
    return text if TOKEN.fullmatch(text) else ""
