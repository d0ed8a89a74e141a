"""Questions and outcomes of the bank, and what a browser sends when they are typed."""

from typing import Any

from wagtail import blocks
from wagtail.models import Locale

from modules.questions.editors import DefinitionBlock
from modules.questions.models import Question
from modules.reference.models import Outcome
from tests.modules.questions.samples import english


def make(key: str = "co-one", kind: str = "single", lang: str = "en", **fields: Any) -> Question:
    """A live question whose words are those of the sample of this kind; `stem` replaces its own."""
    table = english(kind) | ({"stem": fields.pop("stem")} if "stem" in fields else {})
    table.pop("kind")
    first = Question.objects.filter(key=key).first()
    if first:
        fields["translation_key"] = first.translation_key
    return Question.objects.create(
        key=key,
        locale=Locale.objects.get(language_code=lang),
        definition=[{"type": kind, "value": table}],
        **({"outcome": "CO1", "level": "apply"} | fields),
    )


def make_outcome(code: str, course: str) -> Outcome:
    english = Locale.objects.get(language_code="en")
    return Outcome.objects.create(
        code=code, locale=english, course_code=course, level="apply", title=code
    )


def typed(question: Question, **changed: Any) -> dict[str, Any]:
    """The form of `question` as a browser sends it, with `changed` in the one block."""
    raw = question.definition.raw_data[0]
    block = DefinitionBlock.base_blocks[raw["type"]]
    data = {
        "key": question.key,
        "outcome": question.outcome,
        "level": question.level,
        "use": question.use,
        "review": question.review,
        "tags": question.tags,
        "author": question.author,
        "expected": "" if question.expected is None else question.expected,
        "definition-count": "1",
        "definition-0-deleted": "",
        "definition-0-order": "0",
        "definition-0-type": raw["type"],
        "definition-0-id": raw.get("id") or "",
        **_sent(block, {**raw["value"], **changed}, "definition-0-value"),
    }
    return data | ({"retired": "on"} if question.retired else {})


def _sent(block: blocks.Block, value: Any, prefix: str) -> dict[str, Any]:
    if isinstance(block, blocks.StructBlock):
        parts = (
            _sent(child, (value or {}).get(name), f"{prefix}-{name}")
            for name, child in block.child_blocks.items()
        )
        return {name: sent for part in parts for name, sent in part.items()}
    if isinstance(block, blocks.ListBlock):
        rows: dict[str, Any] = {f"{prefix}-count": str(len(value))}
        for number, stored in enumerate(value):
            row = f"{prefix}-{number}"
            item = stored["value"] if "type" in stored and "value" in stored else stored
            rows |= {f"{row}-deleted": "", f"{row}-order": str(number), f"{row}-id": ""}
            rows |= _sent(block.child_block, item, f"{row}-value")
        return rows
    if isinstance(block, blocks.BooleanBlock):
        return {prefix: "on"} if value else {}
    if value is None:
        value = block.get_default()
    return {prefix: value or ""}
