"""Whether simple versions are short, plain, and rest on the sources of their full texts."""

from collections.abc import Callable, Iterator

from modules.blocks.simple import flaws_of
from modules.loading.checking_lessons import prose_of
from modules.loading.entries import SOURCE_LANG
from modules.loading.errors import LibraryError
from modules.loading.library import Library
from modules.loading.prose import reading_of, word_count

FEWEST, MOST = 40, 120  # words
LONGEST_SENTENCE = 12  # words; sentences stay below it on average


def simple_versions(library: Library) -> Iterator[LibraryError]:
    """Length and sentences are asked for in English alone, like all that is counted in words."""
    for lesson in library.of_kind("lesson"):
        for place, raw, text in prose_of(lesson):
            if text != raw["value"].get("simple"):
                continue
            flaws = flaws_of(raw["value"]["text"], text)
            flaws += too_hard(text) if lesson.lang == SOURCE_LANG else []
            yield from map(place.error, flaws)


def too_hard(text: str) -> list[str]:
    """What keeps an English text from being easy, a sentence each."""
    words, average = word_count(text), float(reading_of([text]).average)
    flaws = []
    if not FEWEST <= words <= MOST:
        flaws.append(f"A simple version has {FEWEST} to {MOST} words, not {words}.")
    if average >= LONGEST_SENTENCE:
        flaws.append(
            f"{average:.1f} words a sentence; a simple version has fewer than {LONGEST_SENTENCE}."
        )
    return flaws


SIMPLE_CHECKS: tuple[Callable[[Library], Iterator[LibraryError]], ...] = (simple_versions,)
