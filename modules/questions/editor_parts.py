"""What the forms of the kinds of questions are made of: options, gaps, levels and their fields."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.questions.definitions import USUAL_FULL_MARK
from modules.questions.kinds import KINDS
from modules.questions.picture_fields import percent_block
from modules.questions.rubrics import MOST_CRITERIA
from modules.reference.segments import SpokenBlock

KEY = RegexValidator(r"^[a-z0-9-]{1,20}$", _("Small letters, digits and hyphens."))
FULL_MARK = RegexValidator(
    r"^(?=.*[1-9])[0-9]{1,3}(\.[0-9]{1,3})?$", _("A number above 0, such as 1 or 2.5.")
)
POINTS = RegexValidator(r"^(100|[0-9]{1,2}(\.5)?)$", _("A number such as 0, 2 or 2.5."))
WORDS = RegexValidator(r"^[1-9][0-9]{0,3}$", _("A whole number such as 150."))
MISCONCEPTION = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens."))
METHODS = {
    "right_or_wrong": _("The full mark or nothing"),
    "penalised": _("The full mark, or something taken away for a wrong choice"),
    "plus_minus": _("A share for each right choice, less one for each wrong choice"),
    "all_or_nothing": _("The full mark only when everything is right"),
    "per_decision": _("A share for each option or statement rightly decided"),
    "half_if_most": _("The full mark when all is right, half of it when most is"),
    "per_pair": _("A share for each right pair"),
    "exact_positions": _("A share for each step in its right place"),
    "longest_run": _("A share for the longest run of steps in the right order"),
    "per_gap": _("A share for each right gap"),
    "by_hand": _("By a person, unless the list of accepted answers has it"),
    "list_only": _("By the list of accepted answers alone"),
}


def key_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Key"), validators=[KEY], help_text=_("Never change it: results refer to it.")
    )


def feedback_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("Feedback"), rows=2, help_text=_("Why this is right or wrong, in one sentence.")
    )


def misconception_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        required=False,
        max_length=40,
        validators=[MISCONCEPTION],
        label=_("Misconception"),
        help_text=_(
            "Of a wrong option, if you like: what its chooser believes, such as only-cash."
        ),
    )


class Part(SpokenBlock, blocks.StructBlock):
    """One option, premise, response or step."""

    words: ClassVar[tuple[str, ...]] = ("text",)

    key = key_block()


class Option(Part):
    words = ("text", "feedback")

    correct = blocks.BooleanBlock(required=False, default=False, label=_("Right"))
    text = blocks.CharBlock(max_length=400, label=_("Text"))
    feedback = feedback_block()
    misconception = misconception_block()


class Place(Option):
    """A place in a picture, as one of the options."""

    x = percent_block(_("From the left"))
    y = percent_block(_("From the top"))
    radius = percent_block(_("Radius"))
    text = blocks.CharBlock(
        max_length=400,
        label=_("What is there"),
        help_text=_("For who cannot see the picture, without telling whether it is right."),
    )


class Truth(Part):
    words = ("feedback",)

    key = blocks.ChoiceBlock(choices=[("true", _("True")), ("false", _("False"))])
    correct = blocks.BooleanBlock(required=False, default=False, label=_("Right"))
    feedback = feedback_block()
    misconception = misconception_block()


class Statement(Part):
    words = ("text", "feedback")

    correct = blocks.BooleanBlock(required=False, default=False, label=_("True"))
    text = blocks.CharBlock(max_length=400, label=_("Text"))
    feedback = feedback_block()


class Premise(Part):
    words = ("text", "feedback")

    text = blocks.CharBlock(max_length=400, label=_("Text"))
    match = blocks.CharBlock(label=_("Key of its match"), validators=[KEY])
    feedback = feedback_block()


class Response(Part):
    text = blocks.CharBlock(max_length=400, label=_("Text"))


class Step(Part):
    text = blocks.CharBlock(max_length=400, label=_("Text"))


class Level(SpokenBlock, blocks.StructBlock):
    words = ("text",)

    mark = blocks.ChoiceBlock(choices=[("0", "0"), ("0.5", "½"), ("1", "1")], label=_("Mark"))
    text = blocks.TextBlock(rows=2, label=_("What such an answer looks like"))


class Editor(SpokenBlock, blocks.StructBlock):
    """What all kinds share."""

    words: ClassVar[tuple[str, ...]] = ("stem", "options", "feedback")

    stem = blocks.TextBlock(rows=3, label=_("Question"))


def words_block(label: Any) -> blocks.CharBlock:
    return blocks.CharBlock(required=False, label=label, validators=[WORDS])


def tolerance_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        max_length=40,
        required=False,
        label=_("Or how far off may be accepted"),
        help_text=_(
            "Instead of smallest and largest: a number such as 0.5, or a share of the answer in"
            " per cent, with its sign."
        ),
    )


def units_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        rows=2,
        required=False,
        label=_("Ways to write the unit"),
        help_text=_("One a line. Nobody has to write the unit; another one is not accepted."),
    )


def accepted_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        rows=3,
        required=False,
        label=_("Accepted answers"),
        help_text=_(
            "One a line. Capital letters and spaces do not matter; * stands for any text, \\* for"
            " an asterisk. The lists of all languages count."
        ),
    )


def takeaway() -> blocks.TextBlock:
    return blocks.TextBlock(
        rows=2, label=_("What everybody should take away"), help_text=_("Shown after the answer.")
    )


def method_of(kind: str) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        choices=[(name, METHODS[name]) for name in KINDS[kind].METHODS],
        default=KINDS[kind].DEFAULT_METHOD,
        label=_("Marking"),
        help_text=_("How a test turns the answer into a mark. Practice is never marked."),
    )


def full_mark() -> blocks.CharBlock:
    return blocks.CharBlock(
        default=USUAL_FULL_MARK,
        validators=[FULL_MARK],
        label=_("Full mark"),
        help_text=_("What a full answer counts in a test. Usually 1."),
    )


class Gap(Part):
    words = ("accepted", "units", "feedback")

    match = blocks.CharBlock(
        required=False, validators=[KEY], label=_("To choose: key of the right choice")
    )
    answer = blocks.CharBlock(max_length=40, required=False, label=_("Or a number: answer"))
    min = blocks.CharBlock(max_length=40, required=False, label=_("Smallest accepted"))
    max = blocks.CharBlock(max_length=40, required=False, label=_("Largest accepted"))
    tolerance = tolerance_block()
    units = units_block()
    accepted = accepted_block()
    feedback = feedback_block()


class GapChoice(Part):
    gap = blocks.CharBlock(label=_("Key of its gap"), validators=[KEY])
    text = blocks.CharBlock(max_length=400, label=_("Text"))


class Points(SpokenBlock, blocks.StructBlock):
    words = ("text",)

    points = blocks.CharBlock(label=_("Points"), validators=[POINTS])
    text = blocks.TextBlock(rows=2, label=_("What this level looks like"))


class Criterion(Part):
    words: ClassVar[tuple[str, ...]] = ("text", "levels")

    text = blocks.CharBlock(max_length=400, label=_("Criterion"))
    levels = blocks.ListBlock(
        Points(),
        min_num=2,
        max_num=6,
        label=_("Levels"),
        help_text=_("From 0 points up. The mark is the share of all points."),
    )


def criteria_block() -> blocks.ListBlock:
    return blocks.ListBlock(Criterion(), min_num=1, max_num=MOST_CRITERIA, label=_("Rubric"))


class ExemplifiedCriterion(Criterion):
    words = ("text", "why", "levels")

    example = blocks.CharBlock(
        required=False,
        validators=[POINTS],
        label=_("Points of the example"),
        help_text=_("As one of the levels has them. Empty where there is no example."),
    )
    why = blocks.TextBlock(rows=2, required=False, label=_("Why the example has them"))


def exemplified_block() -> blocks.ListBlock:
    return blocks.ListBlock(
        ExemplifiedCriterion(), min_num=1, max_num=MOST_CRITERIA, label=_("Rubric")
    )
