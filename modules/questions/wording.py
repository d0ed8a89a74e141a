"""Typed words compared with a list of accepted answers, one a line.

In a line `*` stands for any text, also none, and `\\*` for an asterisk. However a line and an
answer are made, comparing them takes time in proportion to their length: nothing is tried twice.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from modules.questions.errors import DefinitionError

WILDCARD = re.compile(r"(?<!\\)\*")


def fits(text: str, lists: Iterable[str]) -> bool:
    """Whether `text` is what a line of one of the `lists` accepts; nothing typed never is."""
    said = normal(text)
    return bool(said) and any(_accepts(line, said) for lines in lists for line in lines_of(lines))


def normal(text: str) -> str:
    """`text` without what people do not see: case, width, layout marks, spaces too many."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    folded = unicodedata.normalize("NFKC", seen).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def lines_of(accepted: str) -> Iterator[str]:
    """The lines that say something, in normal form."""
    return filter(None, map(normal, accepted.splitlines()))


def check_accepted(accepted: str, where: str) -> None:
    """Raises `DefinitionError` for a list that says nothing, or accepts everything."""
    lines = list(lines_of(accepted))
    if not lines or any(not WILDCARD.sub("", line).strip() for line in lines):
        raise DefinitionError(f'{where}: each line needs more than "*".')


def readable(accepted: str) -> list[str]:
    """The lines as a person would write the answers, for feedback and keys on paper."""
    lines = filter(None, (line.strip() for line in accepted.splitlines()))
    return [WILDCARD.sub("…", line).replace("\\*", "*") for line in lines]


def example(accepted: str) -> str:
    """What the first line accepts, with nothing in the place of a wildcard."""
    line = next(line.strip() for line in accepted.splitlines() if line.strip())
    return WILDCARD.sub("", line).replace("\\*", "*").strip()


def _accepts(line: str, said: str) -> bool:
    """Each piece between wildcards as early as it goes, which leaves most to the next one."""
    first, *rest = (piece.replace("\\*", "*") for piece in WILDCARD.split(line))
    if not rest:
        return said == first
    *middle, last = rest
    end = len(said) - len(last)
    at = len(first)
    if not (said.startswith(first) and said.endswith(last)):
        return False
    for piece in middle:
        found = said.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= end
