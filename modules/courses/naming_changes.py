"""What changed in a course, in the words of the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from modules.blocks.lesson import LessonBody
from modules.courses.comparing import CELL, BlockChange, Changes, EntryChange, Fact
from modules.coursework.models import HandedInAs
from modules.papers.models import Counts, Drawing, FeedbackWhen, Purpose
from modules.reference.amounts import place
from modules.reference.lists import listed
from modules.reference.models import LegalFigure, Outcome
from modules.reference.provinces import Cell

LABELS: Mapping[str, str | Promise] = {
    "title": _("Title"),
    "purpose": _("Purpose"),
    "place": _("Place in the course"),
    "minutes": _("Minutes"),
    "outcomes": _("Outcomes"),
    "level": _("Level"),
    "attempts": _("Attempts"),
    "wait_days": _("Days between two attempts"),
    "counts": _("What counts"),
    "feedback_when": _("Feedback by question"),
    "negative_marking": _("A wrong choice costs marks"),
    "second_marker": _("Written answers with a second marker, in per cent"),
    "drawn": _("Questions"),
    "form": _("Form"),
    "blueprint": _("Blueprint"),
    "question_key": _("Question"),
    "handed_in_as": _("Handed in as"),
    "file_types": _("Types of files"),
    "most_mb": _("Megabytes at most"),
    "reviews": _("Reviews of each piece of work"),
    "days_to_review": _("Days to review"),
    "amount": _("Value"),
    "basis": _("Basis"),
}
# What is told without saying how it was and is.
STATEMENTS: Mapping[str, str | Promise] = {
    "invented": _("Whether it is invented is said otherwise."),
    "figures": _("It shows other figures of the law."),
    "drawing": _("The drawing changed."),
    "file": _("The file changed."),
    "question": _("The question changed."),
}
CHOICES: Mapping[str, Any] = {
    "level": Outcome.Level,
    "counts": Counts,
    "feedback_when": FeedbackWhen,
    "drawn": Drawing,
    "handed_in_as": HandedInAs,
}


@dataclass(frozen=True)
class Line:
    """One fact: `old` and `new` are "" where there was none; a statement has neither."""

    label: str
    old: str = ""
    new: str = ""


def lines(facts: Iterable[Fact]) -> list[Line]:
    """The facts that have words, in their order."""
    return [line for fact in facts if (line := _line(fact))]


def _line(fact: Fact) -> Line | None:
    """None where there was nothing and is nothing, as a limit of time that nobody set."""
    if fact.name in STATEMENTS:
        return Line(str(STATEMENTS[fact.name]))
    old, new = _said(fact.name, fact.old), _said(fact.name, fact.new)
    return Line(str(LABELS[fact.name]), old, new) if old or new else None


def _said(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    return listed(value) if isinstance(value, tuple | list) else str(value)


def block_name(change: BlockChange) -> str:
    """ "Text: Two families", "Practice question 3"."""
    label = str(LessonBody.base_blocks[change.block.kind].label)
    if change.block.title:
        return gettext("{kind}: {title}").format(kind=label, title=change.block.title)
    return gettext("{kind} {number}").format(kind=label, number=change.block.number)


def figure_lines(change: EntryChange) -> list[Line]:
    """Value with its date, and the basis where that changed too."""
    amounts = Fact("amount", figure_words(change.old), figure_words(change.new))
    basis = [fact for fact in change.facts if fact.name == "basis" and change.state == "changed"]
    return lines([*([amounts] if amounts.old != amounts.new else []), *basis])


def figure_words(facts: Mapping[str, Any]) -> str:
    """ "PKR 30,000 a month (as of June 2022)"; "" for no facts."""
    if not facts:
        return ""
    cell = Cell(facts["jurisdiction"], LegalFigure(**facts))
    return gettext("{amount} ({date})").format(amount=cell.words, date=cell.date)


def figure_place(change: EntryChange, language: str) -> str:
    return place((change.new or change.old)["jurisdiction"], language)


def form_words(change: EntryChange) -> str:
    """How many questions came and went; never which."""
    old, new = (facts.get("questions", ()) for facts in (change.old, change.new))
    return _came_and_went(old, new) or gettext("The order of its questions changed.")


def _came_and_went(old: Iterable[str], new: Iterable[str]) -> str:
    """ "" when the questions are the same."""
    before, after = set(old), set(new)
    came, went = len(after - before), len(before - after)
    parts = (
        ngettext("{n} question is new", "{n} questions are new", came).format(n=came),
        ngettext("{n} question is gone", "{n} questions are gone", went).format(n=went),
    )
    return listed(part for part, n in zip(parts, (came, went), strict=True) if n)


def blueprint_lines(change: EntryChange) -> list[Line]:
    """How many questions each cell asks, then how many may be drawn otherwise; never which."""
    lines = []
    for fact in change.facts:
        if fact.name.startswith(CELL):
            _cell, outcome, level = fact.name.split()
            label = gettext("{outcome}, {level}").format(
                outcome=outcome, level=Outcome.Level(level).label
            )
            lines.append(Line(label, str(fact.old or 0), str(fact.new or 0)))
    if words := _came_and_went(change.old.get("pool", ()), change.new.get("pool", ())):
        lines.append(Line(gettext("Pool: {changes}").format(changes=words)))
    if set(change.old.get("anchors", ())) != set(change.new.get("anchors", ())):
        lines.append(Line(gettext("Other questions stand in every paper.")))
    return lines


def purpose_label(change: EntryChange) -> str:
    """Of a test."""
    return str(Purpose(change.key).label)


def for_learners(changes: Changes) -> Changes:
    """Without the words of questions: that one changed stands with its lesson."""
    return replace(changes, questions=())
