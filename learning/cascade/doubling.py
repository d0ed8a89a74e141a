"""Which slips of a session are typed a second time, what came of it, and what is left to decide.

Nothing is stored but what was typed: which slips are chosen, whether both lines agree and how often
they differ follow from the results in force and the second entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from learning.attempts.keying import typed_lines
from learning.attempts.models import Answer, Sitting, TypedTotal
from learning.cascade.comparing import Comparison, Rate, Typed, compare, rate_of, sample_of
from learning.cascade.models import Event, Facilitation
from learning.cascade.permissions import RECORDING
from learning.cascade.reading_lines import marks_as_typed
from learning.cascade.second_entries import SecondEntry
from learning.enrolment.models import Enrolment
from learning.people.models import User
from learning.people.programme_settings import double_entry, most_differing
from modules.papers.models import Purpose

What = SecondEntry.What
TESTS = (Purpose.PRE, Purpose.POST)


@dataclass(frozen=True)
class Slip:
    """One slip whose result was typed in. `entries`: all that was typed of it later, oldest first.

    `now`: what is in force, of a slip that was typed twice.
    """

    sitting: Sitting
    entries: Sequence[SecondEntry]
    is_sampled: bool
    now: Typed | None = None

    @property
    def enrolment(self) -> Enrolment:
        return self.sitting.enrolment

    @property
    def is_total(self) -> bool:
        return self.sitting.grain == Sitting.Grain.TOTAL

    @property
    def _alike(self) -> list[SecondEntry]:
        """Those typed in the same way as what is in force: all its answers, or the total."""
        return [one for one in self.entries if one.grain == self.sitting.grain]

    @property
    def second(self) -> SecondEntry | None:
        """What was typed without sight of the first."""
        return next((one for one in self._alike if one.what == What.TYPED), None)

    @property
    def agreed(self) -> SecondEntry | None:
        """What the slip says as far as anybody looked at it again."""
        return self._alike[-1] if self.second else None

    @cached_property
    def difference(self) -> Comparison | None:
        """Where the result in force differs from that; None where nothing is to be compared."""
        agreed = self.agreed
        if agreed is None or self.now is None or not agreed.line:
            return None
        return compare(self.now, typed_of(agreed))

    @property
    def differs(self) -> bool:
        return self.difference is not None and bool(self.difference.differing)

    @property
    def was_decided(self) -> bool:
        return self.agreed is not None and self.agreed.what == What.DECIDED


@dataclass(frozen=True)
class Doubling:
    """The slips of one test of a session, in order of stickers, and what the programme asks for."""

    slips: Sequence[Slip]
    per_cent: int
    limit: Fraction

    @property
    def is_on(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.slips) and (self.per_cent > 0 or bool(self.done))

    @property
    def done(self) -> list[Slip]:
        return [slip for slip in self.slips if slip.second]

    @property
    def differing(self) -> list[Slip]:
        """Those of which somebody has to decide."""
        return [slip for slip in self.slips if slip.differs]

    @property
    def needs_all(self) -> bool:
        """Whether the chosen slips, all typed, differ so often that the others are typed too."""
        if any(slip.is_sampled and not slip.second for slip in self.slips):
            return False
        return any(rate.is_above(self.limit) for rate in self.rates.values())

    @property
    def wanted(self) -> list[Slip]:
        """The slips that are to be typed twice, those that were among them."""
        everything = self.needs_all
        return [slip for slip in self.slips if everything or slip.is_sampled or slip.second]

    @property
    def due(self) -> list[Slip]:
        """Those of them that were not typed a second time yet."""
        return [slip for slip in self.wanted if not slip.second]

    @cached_property
    def rates(self) -> dict[str, Rate]:
        """How often the second line differed from the first, for answers and for totals."""
        return rates_of([self])

    def slip_of(self, enrolment: Enrolment) -> Slip | None:
        return next((one for one in self.slips if one.enrolment == enrolment), None)


def rates_of(doublings: Iterable[Doubling]) -> dict[str, Rate]:
    """By grain, over several tests; a grain of which nothing was typed twice is left out."""
    found = defaultdict(list)
    for doubling in doublings:
        for entry in (entry for slip in doubling.slips for entry in slip.entries):
            if entry.what == What.TYPED:
                found[entry.grain].append((entry.compared, entry.differing))
    rates = ((grain, rate_of(found[grain])) for grain in Sitting.Grain.values)
    return {grain: rate for grain, rate in rates if rate}


def typed_of(entry: SecondEntry) -> Typed:
    return Typed(entry.grain, entry.form_label, entry.line, entry.full)


# --- queries -------------------------------------------------------------------------------------


def doublings_of(event: Event) -> dict[Purpose, Doubling]:
    """What is typed twice of both tests; two queries, four more once something was."""
    sittings = _typed_in(event)
    entries = defaultdict(list)
    if sittings:
        facts = SecondEntry.objects.filter(sitting__in=sittings)
        for entry in facts.select_related("recorded_by__person"):
            entries[entry.sitting_id].append(entry)
    lines = lines_in_force([one for one in sittings if one.pk in entries])
    programme = event.cohort.programme
    per_cent, limit = double_entry(programme), most_differing(programme)
    found = {}
    for purpose in TESTS:
        own = [one for one in sittings if one.purpose == purpose]
        chosen = sample_of([one.enrolment.uuid for one in own], purpose, per_cent)
        slips = [
            Slip(one, entries[one.pk], one.enrolment.uuid in chosen, lines.get(one.pk))
            for one in own
        ]
        found[purpose] = Doubling(slips, per_cent, limit)
    return found


def _typed_in(event: Event) -> list[Sitting]:
    """The results that were typed in and count, of participants, in order of stickers."""
    participants = Enrolment.objects.in_force().filter(cohort=event.cohort_id)
    typed = Sitting.objects.handed_in().filter(
        enrolment__in=participants.values("pk"),
        handed_in_by=Sitting.HandedInBy.KEYED,
        purpose__in=TESTS,
    )
    loaded = typed.select_related("enrolment__person")
    return sorted(loaded, key=lambda one: (len(one.enrolment.code or ""), one.enrolment.code or ""))


def lines_in_force(sittings: Sequence[Sitting]) -> dict[int, Typed]:
    """What is in force of results that were typed in, by their key; four queries at most."""
    answered = [one for one in sittings if one.grain == Sitting.Grain.ITEM]
    rest = [one.pk for one in sittings if one.grain == Sitting.Grain.TOTAL]
    lines = typed_lines(answered) if answered else {}
    totals = TypedTotal.objects.filter(sitting__in=rest).order_by("received_at", "pk")
    newest = {one.sitting_id: one for one in totals} if rest else {}
    found = {one.pk: Typed(one.grain, one.form_label, lines[one.pk]) for one in answered}
    for one in sittings:
        if one.pk in newest:
            found[one.pk] = typed_total(one.form_label, newest[one.pk])
    return found


def typed_total(label: str, total: TypedTotal) -> Typed:
    marks = marks_as_typed(Fraction(total.num, total.den))
    return Typed(Sitting.Grain.TOTAL, label, marks, total.full)


def first_typists(slips: Sequence[Slip]) -> dict[int, int | None]:
    """Whose account typed what is in force, by the key of the sitting; two queries."""
    answered = [slip.sitting.pk for slip in slips if not slip.is_total]
    totals = [slip.sitting.pk for slip in slips if slip.is_total]
    oldest_first = ("received_at", "pk")
    lines = Answer.objects.filter(sitting__in=answered, position=1).order_by(*oldest_first)
    marks = TypedTotal.objects.filter(sitting__in=totals).order_by(*oldest_first)
    who = ("sitting", "recorded_by")
    return {**dict(lines.values_list(*who)), **dict(marks.values_list(*who))}


def has_somebody_else(event: Event, user: User | None) -> bool:
    """Whether the team has another account that may type results of the session; one query."""
    team = Facilitation.objects.filter(event=event, role__in=RECORDING)
    accounts = User.objects.filter(is_active=True, person__in=team.values("person"))
    return accounts.exclude(pk=user.pk).exists() if user else accounts.exists()
