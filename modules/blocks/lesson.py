"""The blocks of a lesson. Each says to authors what it is for and renders by its own template.

`anchor` is the name a block has in its library file and in the address of the page; it never
changes. `audience` says who may see a block: everybody, or facilitators alone.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from modules.blocks.fields import (
    DrawingBlock,
    FigureKeyBlock,
    FigureKeysBlock,
    MarkdownBlock,
    QuestionKeyBlock,
)
from modules.blocks.simple import flaws_of, has_simple_words
from modules.reference.drawings import check_drawing, letters_in
from modules.reference.segments import SpokenBlock

EVERYBODY, FACILITATOR = "everybody", "facilitator"


class LessonBlock(SpokenBlock, blocks.StructBlock):
    """What all blocks of a lesson share."""

    audience = EVERYBODY
    words: ClassVar[tuple[str, ...]] = ("text",)

    anchor = blocks.CharBlock(
        label=_("Name"),
        max_length=60,
        search_index=False,
        validators=[validate_slug],
        help_text=_(
            "Short name for the address, in small letters: “overlap-gap”. Never change it."
        ),
    )


class PrintedAs(models.TextChoices):
    """Where a text also stands in print, beside the books that hold the whole lesson."""

    EXAMPLE = "example", _("handbook: a worked example")
    EXERCISE = "exercise", _("handbook: an exercise, on pages of its own")
    STEPS = "steps", _("pocket book: steps to look up")


class TextBlock(LessonBlock):
    words = ("text", "simple")

    minutes = blocks.IntegerBlock(min_value=1, max_value=120, required=False, label=_("Minutes"))
    text = MarkdownBlock(
        help_text=_("Begin with “## Heading”. End every paragraph with its source: [E] or (own).")
    )
    simple = MarkdownBlock(
        required=False,
        default="",
        label=_("In simple words"),
        help_text=_(
            "If you like: the same for who reads with difficulty, in 40 to 120 plain words and"
            " without a heading. Readers choose; the pocket book prints it where the text is"
            " marked as steps."
        ),
    )
    print = blocks.ChoiceBlock(choices=PrintedAs.choices, required=False, label=_("Also printed"))

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """A text without a simple version is stored as it was before there were any."""
        stored = super().get_prep_value(value)
        if not has_simple_words(stored):
            stored.pop("simple", None)
        return stored

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if has_simple_words(cleaned) and (flaws := flaws_of(cleaned["text"], cleaned["simple"])):
            raise blocks.StructBlockValidationError(block_errors={"simple": ValidationError(flaws)})
        return cleaned

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("One of the three parts of the lesson: plain words, short sentences.")
        template = "blocks/text.html"


class KeyPointsBlock(LessonBlock):
    text = MarkdownBlock(help_text=_("A list of three to six points."))

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        description = _("What to remember of the lesson, as a list.")
        template = "blocks/keypoints.html"


class CaseBlock(LessonBlock):
    minutes = blocks.IntegerBlock(min_value=1, max_value=120, required=False, label=_("Minutes"))
    invented = blocks.BooleanBlock(
        required=False, default=True, label=_("Invented"), help_text=_("Readers are told so.")
    )
    text = MarkdownBlock(help_text=_("Begin with “## Title”, end with questions to the reader."))

    class Meta:
        icon = "group"
        label = _("Case")
        description = _("A situation to think through, alone or in pairs.")
        template = "blocks/case.html"


class LawBlock(LessonBlock):
    figure = FigureKeyBlock(
        help_text=_("The dated figure. Its value and date are shown from there.")
    )
    text = MarkdownBlock(help_text=_("One or two sentences. Never write the number itself."))

    class Meta:
        icon = "doc-full"
        label = _("Law box")
        description = _("What the law says, around a dated figure with its place and source.")
        template = "blocks/law.html"


class LawTableBlock(LessonBlock):
    keys = FigureKeysBlock(
        label=_("Figures"),
        help_text=_("The dated figures, a row each. Their values and dates come from there."),
    )
    text = MarkdownBlock(
        help_text=_("Begin with “## Title” of the table, then say what to mind. No numbers.")
    )

    class Meta:
        icon = "table"
        label = _("Law table")
        description = _("Several dated figures of the law side by side, with their sources.")
        template = "blocks/figures.html"


class FigureBlock(LessonBlock):
    words = ("alt", "text")

    file = blocks.CharBlock(
        max_length=120,
        search_index=False,
        label=_("File name"),
        help_text=_("“figures/umbrella.svg”."),
    )
    alt = blocks.CharBlock(
        max_length=400, label=_("What the drawing shows"), help_text=_("A full sentence.")
    )
    drawing = DrawingBlock(help_text=_("The SVG text: shapes and single capital letters only."))
    text = MarkdownBlock(
        help_text=_("A caption, then a list that explains each letter: “- A: contributions”.")
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            check_drawing(cleaned["drawing"])
        except ValidationError as error:
            raise blocks.StructBlockValidationError(block_errors={"drawing": error})
        missing = [x for x in letters_in(cleaned["drawing"]) if f"- {x}:" not in cleaned["text"]]
        if missing:
            message = _("The legend does not explain: {letters}.").format(
                letters=", ".join(missing)
            )
            raise blocks.StructBlockValidationError(block_errors={"text": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "image"
        label = _("Figure")
        description = _("A drawing with letters and a legend that can be translated.")
        template = "blocks/figure.html"


class ActivityBlock(LessonBlock):
    audience = FACILITATOR
    words = ("materials", "text")

    minutes = blocks.IntegerBlock(min_value=1, max_value=240, label=_("Minutes"))
    materials = blocks.CharBlock(max_length=300, required=False, label=_("Materials"))
    text = MarkdownBlock(
        help_text=_("“## Title”, then ### Steps, ### Debrief, ### Expected answers.")
    )

    class Meta:
        icon = "calendar-check"
        label = _("Facilitator's activity")
        description = _("How to run this lesson in a room. Only facilitators see it.")
        template = "blocks/activity.html"


class PocketBlock(LessonBlock):
    text = MarkdownBlock(help_text=_("A numbered list of four to six short rules."))

    class Meta:
        icon = "form"
        label = _("Pocket card")
        description = _("Rules to carry along, also printed as a card.")
        template = "blocks/pocket.html"


class QuestionBlock(LessonBlock):
    words = ()

    use = QuestionKeyBlock(label=_("Question"))

    class Meta:
        icon = "help"
        label = _("Practice question")
        description = _("A question from the bank, answered in place and never marked.")
        template = "blocks/question.html"


class MediaBlock(LessonBlock):
    """Sound or film: never without its words, which are what travels over a weak line."""

    words = ("title", "transcript")

    title = blocks.CharBlock(max_length=200)
    file = DocumentChooserBlock(help_text=_("An mp3 or mp4 file from the documents."))
    transcript = MarkdownBlock(help_text=_("Everything that is said, and what is seen."))

    class Meta:
        icon = "media"
        label = _("Sound or film")
        description = _("A recording with its transcript.")
        template = "blocks/media.html"


class DownloadBlock(LessonBlock):
    words = ("title",)

    title = blocks.CharBlock(max_length=200)
    file = DocumentChooserBlock()

    class Meta:
        icon = "download"
        label = _("Download")
        description = _("A form or table to take away.")
        template = "blocks/download.html"


class SourcesBlock(LessonBlock):
    text = MarkdownBlock(help_text=_("A list: “- [E] what it was used for”."))

    class Meta:
        icon = "link"
        label = _("Sources")
        description = _("What this lesson rests on.")
        template = "blocks/sources.html"


class LessonBody(blocks.StreamBlock):
    """Everything that may stand in a lesson."""

    text = TextBlock()
    keypoints = KeyPointsBlock()
    figure = FigureBlock()
    case = CaseBlock()
    law = LawBlock()
    figures = LawTableBlock()
    question = QuestionBlock()
    activity = ActivityBlock()
    pocket = PocketBlock()
    media = MediaBlock()
    download = DownloadBlock()
    sources = SourcesBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for number, child in enumerate(cleaned):
            if child.value["anchor"] in seen:
                errors[number] = ValidationError(_("Two blocks have this name."))
            seen.add(child.value["anchor"])
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned


def law_keys_in(value: Mapping[str, Any]) -> list[str]:
    """Keys of the legal figures that a block's value names, in its order; of other blocks none."""
    return [value["figure"]] if "figure" in value else list(value.get("keys", ()))


FACILITATOR_KINDS: ClassVar = frozenset(  # type: ignore[misc]
    name for name, block in LessonBody.base_blocks.items() if block.audience == FACILITATOR
)
