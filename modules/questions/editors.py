"""The form of each kind of question in Wagtail's admin.

The value of an editor, as plain data, is the table of one question in a library file: English has
the keys and what is right, other languages repeat the keys and give texts.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from modules.questions.editor_parts import (
    KEY,
    Editor,
    Gap,
    GapChoice,
    Level,
    Option,
    Place,
    Premise,
    Response,
    Statement,
    Step,
    Truth,
    accepted_block,
    criteria_block,
    exemplified_block,
    full_mark,
    method_of,
    takeaway,
    tolerance_block,
    units_block,
    words_block,
)
from modules.questions.picture_fields import picture_from
from modules.reference.drawings import check_picture


class Single(Editor):
    options = blocks.ListBlock(Option(), min_num=2, max_num=6, label=_("Options"))
    feedback = takeaway()
    method = method_of("single")
    full_mark = full_mark()

    class Meta:
        label = _("One right answer")


class Scenario(Editor):
    words = ("stem", "case", "options", "feedback")

    case = blocks.TextBlock(rows=4, label=_("Case"))
    set = blocks.CharBlock(
        required=False,
        validators=[KEY],
        label=_("Set"),
        help_text=_(
            "Where several questions share the case: one name in all of them. Where they follow one"
            " another, the case is shown once. Give each the same case, to the letter."
        ),
    )
    options = blocks.ListBlock(Option(), min_num=2, max_num=6, label=_("Options"))
    feedback = takeaway()
    method = method_of("scenario")
    full_mark = full_mark()

    class Meta:
        label = _("Case with one right answer")


class Hotspot(Editor):
    words = ("stem", "alt", "options", "feedback")

    image = ImageChooserBlock(
        required=False,
        label=_("Image"),
        help_text=_("Copied into the question: it stays as it is, whatever becomes of the image."),
    )
    picture = blocks.TextBlock(
        required=False,
        rows=4,
        validators=[check_picture],
        label=_("Drawing"),
        help_text=_(
            "Instead of an image: the SVG text of a figure. Its letters give way to those of the"
            " places."
        ),
    )
    file = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("File name"),
        help_text=_("Of a drawing from the library: “figures/umbrella.svg”."),
    )
    alt = blocks.CharBlock(
        max_length=400, label=_("What the picture shows"), help_text=_("A full sentence.")
    )
    options = blocks.ListBlock(
        Place(),
        min_num=2,
        max_num=8,
        label=_("Places"),
        help_text=_(
            "Circles, in per cent of the picture's width and height; the radius is of the width."
            " Where they fall is seen once the question stands in a lesson."
        ),
    )
    feedback = takeaway()
    method = method_of("hotspot")
    full_mark = full_mark()

    def clean(self, value: Any) -> Any:
        """An image that was chosen becomes the picture; without any there is nothing to ask."""
        cleaned = super().clean(value)
        if cleaned["image"]:
            cleaned["picture"], cleaned["file"] = picture_from(cleaned["image"]), ""
            cleaned["image"] = None
        if not cleaned["picture"].strip():
            problem = ValidationError(_("Choose an image, or give a drawing."))
            raise blocks.StructBlockValidationError(block_errors={"image": problem})
        return cleaned

    class Meta:
        label = _("A place in a picture")


class Multiple(Editor):
    options = blocks.ListBlock(Option(), min_num=3, max_num=8, label=_("Options"))
    feedback = takeaway()
    method = method_of("multiple")
    full_mark = full_mark()

    class Meta:
        label = _("Several right answers")


class TrueFalse(Editor):
    options = blocks.ListBlock(Truth(), min_num=2, max_num=2, label=_("True and false"))
    feedback = takeaway()
    method = method_of("truefalse")
    full_mark = full_mark()

    class Meta:
        label = _("True or false")


class MultipleTrueFalse(Editor):
    words = ("stem", "statements", "feedback")

    statements = blocks.ListBlock(Statement(), min_num=2, max_num=8, label=_("Statements"))
    feedback = takeaway()
    method = method_of("multiple_truefalse")
    full_mark = full_mark()

    class Meta:
        label = _("Several statements, each true or false")


class Matching(Editor):
    words = ("stem", "premises", "responses", "feedback")

    premises = blocks.ListBlock(Premise(), min_num=2, max_num=8, label=_("Left side"))
    responses = blocks.ListBlock(Response(), min_num=2, max_num=8, label=_("Right side"))
    feedback = takeaway()
    method = method_of("matching")
    full_mark = full_mark()

    class Meta:
        label = _("Matching")


class Ordering(Editor):
    words = ("stem", "steps", "feedback")

    steps = blocks.ListBlock(
        Step(), min_num=3, max_num=8, label=_("Steps"), help_text=_("In the right order.")
    )
    feedback = takeaway()
    method = method_of("ordering")
    full_mark = full_mark()

    class Meta:
        label = _("Ordering")


class Numeric(Editor):
    words = ("stem", "unit", "units", "feedback_wrong", "feedback")

    answer = blocks.CharBlock(max_length=40, label=_("Answer"))
    min = blocks.CharBlock(max_length=40, required=False, label=_("Smallest accepted"))
    max = blocks.CharBlock(max_length=40, required=False, label=_("Largest accepted"))
    tolerance = tolerance_block()
    unit = blocks.CharBlock(max_length=40, required=False, label=_("Unit"))
    units = units_block()
    feedback_wrong = blocks.TextBlock(rows=2, label=_("How to get there"))
    feedback = takeaway()
    full_mark = full_mark()

    class Meta:
        label = _("Number")


class Short(Editor):
    words = ("stem", "accepted", "model", "rubric", "feedback")

    accepted = accepted_block()
    model = blocks.TextBlock(rows=3, label=_("A good answer"))
    rubric = blocks.ListBlock(Level(), min_num=3, max_num=3, label=_("Rubric"))
    feedback = takeaway()
    method = method_of("short")
    full_mark = full_mark()

    class Meta:
        label = _("Short answer")


class Cloze(Editor):
    words = ("stem", "text", "gaps", "choices", "feedback")

    text = blocks.TextBlock(
        rows=5,
        label=_("Text with gaps"),
        help_text=_("Write [[key]] where the gap with this key is, each gap once."),
    )
    gaps = blocks.ListBlock(Gap(), min_num=1, max_num=12, label=_("Gaps"))
    choices = blocks.ListBlock(
        GapChoice(), min_num=0, max_num=40, default=[], label=_("Choices of all gaps")
    )
    feedback = takeaway()
    method = method_of("cloze")
    full_mark = full_mark()

    class Meta:
        label = _("Gaps in a text")


class Essay(Editor):
    words = ("title", "stem", "model", "example", "criteria", "feedback")

    title = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Title"),
        help_text=_("A few words, where it is handed in as coursework."),
    )
    fewest_words = words_block(_("Advice: words at least"))
    most_words = words_block(_("Advice: words at most"))
    model = blocks.TextBlock(rows=3, required=False, label=_("A good answer"))
    example = blocks.TextBlock(
        rows=6,
        required=False,
        label=_("An example to rate"),
        help_text=_(
            "For coursework that learners mark: a piece of work that each of them rates before she"
            " marks others. Say below which level it has, and why."
        ),
    )
    criteria = exemplified_block()
    feedback = takeaway()
    full_mark = full_mark()

    class Meta:
        label = _("Longer text, marked by a rubric")


class TeachBack(Editor):
    words = ("stem", "criteria", "feedback")

    criteria = criteria_block()
    feedback = takeaway()
    full_mark = full_mark()

    class Meta:
        label = _("Teach-back before a trainer")


class DefinitionBlock(blocks.StreamBlock):
    """Exactly one editor; its name is the kind of the question."""

    single = Single(icon="radio-full")
    scenario = Scenario(icon="group")
    hotspot = Hotspot(icon="crosshairs")
    multiple = Multiple(icon="check")
    truefalse = TrueFalse(icon="switch")
    multiple_truefalse = MultipleTrueFalse(icon="tasks")
    matching = Matching(icon="link")
    ordering = Ordering(icon="order")
    numeric = Numeric(icon="decimal")
    short = Short(icon="edit")
    cloze = Cloze(icon="form")
    essay = Essay(icon="doc-full")
    teachback = TeachBack(icon="user")

    class Meta:
        min_num = 1
        max_num = 1


def as_plain(value: Any) -> Any:
    """Block values as dictionaries, lists and texts; what is empty is left out."""
    if isinstance(value, blocks.StructValue):
        plain = {name: as_plain(part) for name, part in value.items()}
        return {name: part for name, part in plain.items() if part not in ("", None, [])}
    if isinstance(value, blocks.list_block.ListValue):
        return [as_plain(child) for child in value]
    return value


def in_words_of(kind: str, problem: str) -> str:
    """What is wrong with a question, with its parts called as the form of its kind calls them."""
    labels = _labels(DefinitionBlock().child_blocks[kind])

    def say(name: re.Match) -> str:
        return f"“{labels[name[1]]}”" if name[1] in labels else name[0]

    return re.sub(r'"(\w+)"', say, problem)


def _labels(block: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, child in block.child_blocks.items():
        if isinstance(child, blocks.ListBlock):
            found |= _labels(child.child_block)
        found[name] = str(child.label)
    return found
