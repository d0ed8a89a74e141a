"""What to think over about blueprints and forms, in sentences. Nothing is refused for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import ceil

from django.utils.translation import gettext, ngettext

from modules.composing.reading import Line
from modules.papers.pool import Place, ShortPoolError
from modules.questions.models import Question
from modules.reference.lists import listed
from modules.reference.models import Outcome

FEWEST_ANCHORS, ANCHORS_OF = 5, 5  # at least 5, and one in 5 of the questions of a form


def said_place(place: Place) -> str:
    """ "CO1, apply"."""
    level = dict(Outcome.Level.choices).get(place.level, place.level)
    return gettext("{outcome}, {level}").format(outcome=place.outcome, level=level)


def said_shortage(error: ShortPoolError) -> str:
    """Why no paper can be drawn, cell by cell."""
    parts = [
        ngettext("{cell}: {n} question missing", "{cell}: {n} questions missing", n).format(
            cell=said_place(place), n=n
        )
        for place, n in error.missing.items()
    ]
    parts += [
        ngettext(
            "{cell}: {n} question too many that stands in every paper",
            "{cell}: {n} questions too many that stand in every paper",
            n,
        ).format(cell=said_place(place), n=n)
        for place, n in error.crowded.items()
    ]
    return "; ".join(parts) or gettext("questions about one case do not fit into the cells")


def anchors_wanted(size: int) -> int:
    """How many questions two parallel forms of `size` should share."""
    return max(FEWEST_ANCHORS, ceil(size / ANCHORS_OF))


def advice_on_anchors(forms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Of the forms A and B that follow one blueprint, by their keys."""
    if len(forms) > 1:
        first, second = list(forms.values())[:2]
        shared, wanted = len({*first} & {*second}), anchors_wanted(max(len(first), len(second)))
        if shared < wanted:
            yield ngettext(
                "The two forms share {n} question. With {wanted} or more that stand in both, it"
                " could be told whether one form is harder than the other.",
                "The two forms share {n} questions. With {wanted} or more that stand in both, it"
                " could be told whether one form is harder than the other.",
                shared,
            ).format(n=shared, wanted=wanted)


def advice_on_pool(
    pool: Sequence[Line], bank: Sequence[Line], wanted: Collection[Place]
) -> Iterator[str]:
    """`pool` are its questions, `bank` those of the course, `wanted` the cells."""
    idle = [line.key for line in pool if line.candidate.place not in wanted]
    if idle:
        yield gettext(
            "Nothing is wanted of their outcome and level, so nobody draws these: {keys}."
        ).format(keys=listed(idle))
    keys = {line.key for line in pool}
    inside = {line.case_set for line in pool} - {""}
    split = [
        line.key
        for line in bank
        if line.is_live and line.case_set in inside and line.key not in keys
    ]
    if split:
        yield gettext(
            "Questions about one case are asked together, but these are not in the pool: {keys}."
        ).format(keys=listed(split))
    resting = [line.key for line in pool if not line.is_live]
    if resting:
        yield gettext("These are not published or retired, so nobody draws them: {keys}.").format(
            keys=listed(resting)
        )
    unknown = sum(line.candidate.expected is None for line in pool)
    if unknown:
        yield ngettext(
            "{n} question has no share of expected right answers. With it, papers would be drawn"
            " about equally hard.",
            "{n} questions have no share of expected right answers. With it, papers would be"
            " drawn about equally hard.",
            unknown,
        ).format(n=unknown)


def advice_on_form(lines: Sequence[Line | None], keys: Sequence[str]) -> Iterator[str]:
    """`lines` are the questions of `keys`, None for one that the bank does not have."""
    gone = [key for key, line in zip(keys, lines, strict=True) if line is None]
    if gone:
        yield gettext("These are not in the bank: {keys}.").format(keys=listed(gone))
    resting = [line.key for line in lines if line and not line.is_live]
    if resting:
        yield gettext("These are not published or retired: {keys}. The test cannot begin.").format(
            keys=listed(resting)
        )
    practised = [line.key for line in lines if line and line.use != Question.Use.TEST]
    if practised:
        yield gettext("These are for practice, so anybody may know them: {keys}.").format(
            keys=listed(practised)
        )
