"""Which format a file is in, told by what it holds and not by its name. Pure."""

from modules.interchange.drafts import Refusal
from modules.interchange.formats import FORMATS, aiken, gift_reading
from modules.interchange.texts import decoded

XML = b"<"


def format_of(data: bytes) -> str:
    """The name of the format, "" where it cannot be told."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(XML):
        return "moodle"
    try:
        text = decoded(data)
    except Refusal:
        return ""
    if aiken.is_like(text):
        return FORMATS["aiken"].name
    return FORMATS["gift"].name if gift_reading.is_like(text) else ""
