"""Whether a page cites law, so that somebody who knows the law has to read it."""

import re
from collections.abc import Iterable
from typing import Any

from modules.blocks.lesson import law_keys_in
from modules.blocks.markdown import sources_in
from modules.courses.citing import MARKDOWN_FIELDS
from modules.courses.models import LessonPage
from modules.reference.models import Source

# A source with one of these words in its title is law, or reports on law.
LAW = re.compile(
    r"\b(acts?|bill|circulars?|codes?|conventions?|decrees?|laws?|ordinances?|regulations|rules)\b",
    re.IGNORECASE,
)


def cites_law(page: Any) -> bool:
    """Of a lesson: a dated figure, a legal caution, cleared or not, or a source that is law.

    Pages of other kinds cite none. One query.
    """
    if not isinstance(page, LessonPage):
        return False
    values = [block.value for block in page.body]
    if page.legal_caution or any(law_keys_in(value) for value in values):
        return True
    text = "\n".join(str(value.get(name, "")) for value in values for name in MARKDOWN_FIELDS)
    return any(map(LAW.search, titles_of(sources_in(text))))


def titles_of(tags: Iterable[str]) -> list[str]:
    return list(Source.objects.filter(tag__in=tags).values_list("title", flat=True))
