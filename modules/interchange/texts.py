"""Files of plain text: bytes become lines, or a remark with the line that is wrong. Pure."""

import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from modules.interchange.drafts import Refusal

MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
NO_TEXTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")


def decoded(data: bytes) -> str:
    """The text, with line feeds as its only line ends; raises `Refusal` for other encodings."""
    if data.startswith(NO_TEXTS):
        raise Refusal("no_text")
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal("not_utf8", data.count(b"\n", 0, error.start) + 1) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if any(unicodedata.category(char) == "Cc" and char not in "\t\f" for char in line):
            raise Refusal("no_text", number)
    return text
