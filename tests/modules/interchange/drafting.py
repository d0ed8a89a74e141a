"""Drafts of questions for tests."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from modules.interchange.drafts import Draft, Read
from modules.questions.definitions import from_tables
from tests.modules.questions.samples import english
from tests.modules.questions.strategies import definitions

LEVELS = ("remember", "apply", "create")
# Signs that mean something in one of the formats, and scripts that run in other ways.
AWKWARD = " {}=~#:%\\ <b>&amp; \"'|→ -> [x] / &#35; ANSWER: A\n::اردو ភាសាខ្មែរ ລາວ::"


def draft(kind: str = "single", key: str = "co-one", **changes: Any) -> Draft:
    """The sample of a kind, with `changes` in its table."""
    return Draft(key=key, definition=from_tables(english(kind) | changes, {}))


@st.composite
def drafts(draw, **kinds) -> Draft:
    """Any well made question with everything that can stand beside it."""
    return Draft(
        key="co-any",
        definition=draw(definitions(mark=draw(st.sampled_from(["x", AWKWARD])), **kinds)),
        outcome=draw(st.sampled_from(["", "CO1"])),
        level=draw(st.sampled_from(["", *LEVELS])),
        use=draw(st.sampled_from(["", "test"])),
        tags=tuple(draw(st.lists(st.sampled_from(["law", "by-law", "قانون"]), unique=True))),
        expected=draw(st.sampled_from([None, 0, 70])),
    )


def without_lines(read: Read) -> list[Draft]:
    """What was read, as if nobody knew where it stood."""
    return [replace(one, line=0, file="") for one in read.drafts]
