"""What a first visit to a lesson costs in data, so that readers can be told before they pay."""

import gzip
from functools import cache

from django.conf import settings
from django.utils import translation

# Of the page around the text (head, bars, foot) and of a practice question, compressed; tests
# weigh them.
FRAME_BYTES = 2_000
QUESTION_BYTES = 200
FILES = ("favicon.svg", "css/site.css", "css/lesson.css", "js/menu.js", "js/lesson.js")
FONT_OF_NAMES = "fonts/names-400.woff2"  # which the first stylesheet asks for
FILES_OF_QUESTIONS = ("css/questions.css", "js/practice.js")
FILES_OF = {
    "ur": ("css/script-ur.css", "fonts/nastaliq-urdu-400.woff2"),
    "km": ("css/script-km.css", "fonts/khmer-400.woff2"),
    "lo": ("css/script-lo.css", "fonts/lao-400.woff2"),
}


def weight_of(html: str, questions: int = 0) -> int:
    """Bytes that travel for a page with this text and some questions, in the reader's language."""
    files = (*FILES, FONT_OF_NAMES, *FILES_OF.get(translation.get_language() or "en", ()))
    if questions:
        files = (*files, *FILES_OF_QUESTIONS)
    text = len(gzip.compress(html.encode())) + questions * QUESTION_BYTES
    return FRAME_BYTES + text + sum(map(compressed, files))


@cache
def compressed(name: str) -> int:
    """Bytes of a static file as it travels."""
    return len(gzip.compress((settings.BASE_DIR / "static" / name).read_bytes()))
