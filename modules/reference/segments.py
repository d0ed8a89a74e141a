"""What of a page, row or block is offered to translators, as segments; all else is copied.

Words are named one by one, so that nothing becomes translatable by being forgotten here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, ClassVar

from wagtail.blocks import Block, ListBlock
from wagtail_localize.fields import SynchronizedField, TranslatableField
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.strings import StringValue


def words(*names: str) -> list[TranslatableField]:
    """Fields of a model that are translated."""
    return [TranslatableField(name) for name in names]


def facts(*names: str) -> list[SynchronizedField]:
    """Fields of a model that are the same in every language."""
    return [SynchronizedField(name, overridable=False) for name in names]


def segment(text: str) -> StringSegmentValue:
    """`text` as one segment. Its lines stay lines, which wagtail-localize alone would not do."""
    return StringSegmentValue("", StringValue(escape(text, quote=False)))


class SpokenBlock:
    """Mixed into a StructBlock: only the fields in `words` are offered for translation."""

    words: ClassVar[tuple[str, ...]] = ()
    child_blocks: dict[str, Block]

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        return [
            found.wrap(name)
            for name in self.words
            for found in _segments_of(self.child_blocks[name], value[name])
        ]

    def restore_translated_segments(self, value: Any, segments: list[StringSegmentValue]) -> Any:
        for name, own in _by_first_step(segments).items():
            value[name] = _restored(self.child_blocks[name], value[name], own)
        return value


def _segments_of(block: Block, value: Any) -> Iterator[StringSegmentValue]:
    if hasattr(block, "get_translatable_segments"):
        yield from block.get_translatable_segments(value)
    elif isinstance(block, ListBlock):
        for child in value.bound_blocks:
            yield from (found.wrap(child.id) for found in _segments_of(child.block, child.value))
    else:
        yield segment(value or "")


def _restored(block: Block, value: Any, segments: list[StringSegmentValue]) -> Any:
    """`value` with the words of `segments` in their places."""
    if hasattr(block, "restore_translated_segments"):
        return block.restore_translated_segments(value, segments)
    if not isinstance(block, ListBlock):
        return segments[0].render_text()
    own = _by_first_step(segments)
    for child in value.bound_blocks:
        if child.id in own:
            child.value = _restored(child.block, child.value, own[child.id])
    return value


def _by_first_step(segments: Iterable[StringSegmentValue]) -> dict[str, list[StringSegmentValue]]:
    found: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for one in segments:
        step, rest = one.unwrap()
        found[step].append(rest)
    return found
