"""What is known of a question beside its words, as tags of the form "outcome:CO1". Pure.

Other systems keep tags and do nothing with them, so what they have no field for survives there.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.utils.text import slugify

from modules.interchange.drafts import LONGEST_KEY, Draft
from modules.questions.shapes import KEY

FACTS = ("outcome", "level", "use")
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
USES = ("practice", "test")
EXPECTED = "expected"
TAG = re.compile(r"(outcome|level|use|expected):(.+)")
LONGEST_FROM_STEM = 40


def tags_of(draft: Draft) -> list[str]:
    """Everything beside the words, and the draft's own tags after it."""
    facts = [f"{name}:{value}" for name in FACTS if (value := getattr(draft, name))]
    share = [] if draft.expected is None else [f"{EXPECTED}:{draft.expected}"]
    return [*facts, *share, *draft.tags]


def facts_in(tags: Iterable[str]) -> dict[str, Any]:
    """The same read back, as fields of a draft; what is no fact stays a tag."""
    facts: dict[str, Any] = {}
    plain = []
    for tag in (" ".join(one.replace(",", " ").split()) for one in tags):
        found = TAG.fullmatch(tag)
        if found and _is_fact(found[1], found[2]):
            facts[found[1]] = int(found[2]) if found[1] == EXPECTED else found[2]
        elif tag:
            plain.append(tag)
    return {**facts, "tags": tuple(dict.fromkeys(plain))}


def _is_fact(name: str, value: str) -> bool:
    allowed = {"level": LEVELS, "use": USES}
    if name == EXPECTED:
        return value.isascii() and value.isdigit() and int(value) <= 100  # noqa: PLR2004
    return value in allowed[name] if name in allowed else bool(re.fullmatch(r"\w{1,8}", value))


def key_from(named: str, stem: str) -> str:
    """The key that a file gives, made fit for ours; else one made of the words of the question.

    The same file gives the same keys each time.
    """
    for said, longest in ((named, LONGEST_KEY), (stem, LONGEST_FROM_STEM)):
        key = slugify(said)[:longest].replace("_", "-").strip("-")
        key = re.sub("-{2,}", "-", key)
        if key and KEY.fullmatch(key):
            return key
    return f"question-{sha256(stem.encode()).hexdigest()[:10]}"
