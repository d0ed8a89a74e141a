"""Which language a text on a page is in, said to browsers and screen readers."""

import unicodedata

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info


def lang_of(text: str) -> SafeString:
    """The attributes of an element whose `text` is still English on a page in another script.

    A text of two scripts runs as the page does, also where it begins with a Latin word: the first
    letter decides in a `bdi` that says nothing.
    """
    language = get_language() or "en"
    if language == "en":
        return mark_safe("")
    scripts = {unicodedata.name(char, "").partition(" ")[0] for char in str(text) if char.isalpha()}
    if scripts == {"LATIN"}:
        return mark_safe(' lang="en" dir="ltr"')
    is_mixed = get_language_info(language)["bidi"] and "LATIN" in scripts
    return mark_safe(' dir="rtl"' if is_mixed else "")  # noqa: S308 (no input in it)
