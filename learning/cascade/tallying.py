"""Counting a show of hands, correcting it by a newer count, and taking it back."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from learning.attempts.keying import options_of
from learning.cascade.entering import Papers
from learning.cascade.errors import Refused
from learning.cascade.models import Event
from learning.cascade.planning import lock_open
from learning.cascade.stamping import Stale
from learning.cascade.tallies import Tally
from learning.people.facts import Fact
from learning.people.models import User
from modules.papers.asking import OBSERVED, ONE_CHOICE, PaperQuestion, question_of
from modules.papers.drawing import Paper, versions_of

RIGHT = "right"  # of a question whose answers the trainer judges
MOST_PEOPLE = 9999

type Counts = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True)
class Counted:
    """What somebody counted in a room; the id is made where it was typed."""

    id: uuid.UUID
    label: str
    people: int
    counts: Counts


def choices_of(question: PaperQuestion) -> list[str]:
    """What hands are raised for: each option of one-choice questions, else "I had it right".

    Nothing for what is shown to a trainer, which a room cannot answer together.
    """
    if question.kind in OBSERVED:
        return []
    return options_of(question) if question.kind in ONE_CHOICE else [RIGHT]


def problems_with(
    questions: Sequence[PaperQuestion], people: int, counts: Counts
) -> dict[int, str]:
    """What cannot be, by position; nothing where all fits."""
    found = {}
    for question in questions:
        own = counts.get(question.item.position, {})
        if question.kind in ONE_CHOICE and sum(own.values()) > people:
            words = _("Here {hands} hands were raised, and {people} people are in the room.")
            found[question.item.position] = words.format(hands=sum(own.values()), people=people)
        elif any(n > people for n in own.values()):
            words = _("More hands than the {people} people in the room.")
            found[question.item.position] = words.format(people=people)
    return found


def tally_of(event: Event, purpose: str) -> Tally | None:
    """The count in force; one query."""
    return event.tallies.in_force().filter(purpose=purpose).first()


def questions_counted(tally: Tally) -> list[PaperQuestion]:
    """The questions as they were asked; one query."""
    paper = Paper.from_json(tally.paper)
    versions = versions_of(paper)
    return [question_of(item, versions[item.question].content) for item in paper.items]


def counts_in(tally: Tally) -> dict[int, dict[str, int]]:
    return {int(position): own for position, own in tally.counts.items()}


def questions_to_count(tally: Tally | None, label: str, papers: Papers) -> list[PaperQuestion]:
    """Those that were counted before by this form, whatever became of the form since.

    Raises `Refused`: the course has no such form.
    """
    if tally is not None and tally.form_label == label:
        return questions_counted(tally)
    if label not in papers:
        raise Refused(_("The course has no such form. Choose another one."))
    return list(papers[label])


@transaction.atomic
def count_hands(
    event: Event,
    purpose: str,
    counted: Counted,
    questions: Sequence[PaperQuestion],
    by: User | None,
    *,
    seen: str | None = None,
    via: str = Fact.Via.PAPER,
) -> bool:
    """Store a count in the place of the one before; False where the record has it already.

    Raises `Refused` for what cannot be, `Stale` when another count was saved since the one `seen`,
    an id or "" for none.
    """
    lock_open(event)
    if known := Tally.objects.filter(pk=counted.id).first():
        if (known.event_id, known.purpose) != (event.pk, purpose):
            raise Refused(_("This count was saved for another test. Load the page again."))
        return False
    _refuse(questions, counted)
    before = tally_of(event, purpose)
    if before and _is_same(before, counted):
        return False
    if seen is not None and seen != (str(before.pk) if before else ""):
        raise Stale(_("Somebody else saved another count meanwhile. Yours was not saved yet."))
    paper = Paper(counted.label, tuple(question.item for question in questions))
    Tally.objects.create(
        id=counted.id,
        event=event,
        purpose=purpose,
        form_label=counted.label,
        paper=paper.to_json(),
        people=counted.people,
        counts={str(position): dict(own) for position, own in counted.counts.items()},
        recorded_by=by,
        captured_via=via,
        corrects=before,
    )
    return True


def _refuse(questions: Sequence[PaperQuestion], counted: Counted) -> None:
    choices = {question.item.position: set(choices_of(question)) for question in questions}
    if not counted.counts:
        raise Refused(_("Count at least one question."))
    if not 1 <= counted.people <= MOST_PEOPLE:
        raise Refused(_("Say how many people were in the room."))
    if any(not set(own) <= choices.get(n, set()) for n, own in counted.counts.items()) or any(
        n < 0 for own in counted.counts.values() for n in own.values()
    ):
        raise Refused(_("These numbers do not fit the questions of the form."))
    if problems := problems_with(questions, counted.people, counted.counts):
        raise Refused(" ".join(f"{n}: {words}" for n, words in problems.items()))


def _is_same(tally: Tally, counted: Counted) -> bool:
    had = (tally.form_label, tally.people, counts_in(tally))
    own = {position: dict(one) for position, one in counted.counts.items()}
    return had == (counted.label, counted.people, own)


@transaction.atomic
def take_tally_back(event: Event, purpose: str, reason: str, by: User | None) -> bool:
    """The count counts no longer; it is kept with the reason. False where there is none."""
    lock_open(event)
    before = tally_of(event, purpose)
    if before is None:
        return False
    Tally.objects.create(
        event=event,
        purpose=purpose,
        what=Tally.What.TAKEN_BACK,
        form_label=before.form_label,
        paper=before.paper,
        people=before.people,
        counts=before.counts,
        recorded_by=by,
        corrects=before,
        reason=reason,
    )
    return True
