"""In which language a block of a lesson is: a translation may leave some in English."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from modules.printing.scripts import is_in

SOURCE_LANG = "en"
# The fields of blocks that readers read.
WORDS = ("title", "text", "alt", "materials", "transcript")


def words_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """What a block says, field by field; a question has its words elsewhere and says nothing."""
    return tuple(str(value.get(name) or "") for name in WORDS)


def language_of_block(value: Mapping[str, Any], language: str) -> str:
    """The language of a block on a page in `language`; English where no letter is of that."""
    words = "".join(words_of(value))
    has_words = any(map(str.isalpha, words))
    return SOURCE_LANG if has_words and not is_in(language, words) else language


def language_attributes(language: str) -> SafeString:
    """The attributes of an element in `language` inside one that is in another."""
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)
