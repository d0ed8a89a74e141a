"""What sittings came to: plain values for pages, awards and reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from django.db.models import OuterRef, QuerySet, Subquery

from learning.attempts.models import ScoringRun, Sitting, SittingQuerySet
from learning.attempts.questions import paper_of
from learning.enrolment.models import Enrolment
from learning.people.merging import all_records_of
from learning.people.models import Person
from modules.courses.models import CourseVersion
from modules.papers.drawing import Paper
from modules.papers.models import Counts, Purpose, Test


@dataclass(frozen=True)
class Mark:
    """Marks that are certain, `got` of `full`; `unmarked` questions are still to be marked."""

    got: Fraction
    full: Fraction
    unmarked: int

    @cached_property
    def share(self) -> Fraction:
        """In [0, 1], or below 0 under a rule that penalises; exact."""
        return self.got / self.full if self.full else Fraction(0)

    @property
    def is_final(self) -> bool:
        return self.unmarked == 0


@dataclass(frozen=True)
class Result:
    """One sitting handed in, with its marks in all and by outcome."""

    sitting: Sitting
    mark: Mark
    by_outcome: Mapping[str, Mark]


def result_of(sitting: Sitting) -> Result:
    """The result in force of a sitting handed in; one query."""
    run = ScoringRun.objects.filter(sitting=sitting).order_by("-n").first()
    if run is None:
        raise ValueError(f"Sitting {sitting.pk} was never marked.")
    return result_from(sitting, run)


def results_of(enrolment: Enrolment) -> list[Result]:
    """The results of all tests handed in, oldest first and without practice; two queries."""
    return _results(Sitting.objects.filter(enrolment=enrolment))


def results_of_person(person: Person) -> list[Result]:
    """The same over all enrolments of a person's records, with the courses loaded; two queries."""
    sittings = Sitting.objects.filter(enrolment__person__in=all_records_of(person))
    return _results(sittings.select_related("course_version__course"))


def results_by_enrolment(enrolments: QuerySet[Enrolment]) -> dict[int, list[Result]]:
    """The results of many enrolments by their key, oldest first; two queries."""
    found: dict[int, list[Result]] = defaultdict(list)
    for result in _results(Sitting.objects.filter(enrolment__in=enrolments)):
        found[result.sitting.enrolment_id].append(result)
    return found


def _results(sittings: SittingQuerySet) -> list[Result]:
    by_key = {sitting.pk: sitting for sitting in sittings.that_count().order_by("started_at", "pk")}
    runs = {run.sitting_id: run for run in newest_runs(by_key)}
    return [result_from(sitting, runs[pk]) for pk, sitting in by_key.items()]


def newest_runs(sittings: Iterable[int]) -> Iterable[ScoringRun]:
    """The marking runs in force of these sittings; one query."""
    newest = ScoringRun.objects.filter(sitting=OuterRef("sitting")).order_by("-n").values("n")[:1]
    return ScoringRun.objects.filter(sitting__in=list(sittings), n=Subquery(newest))


def result_from(sitting: Sitting, run: ScoringRun) -> Result:
    """What a marking run says of its sitting."""
    mark = Mark(Fraction(run.num, run.den), Fraction(run.full_num, run.full_den), run.unmarked)
    return Result(sitting, mark, {outcome: _mark(part) for outcome, part in run.by_outcome.items()})


def _mark(part: Mapping[str, Any]) -> Mark:
    return Mark(Fraction(*part["got"]), Fraction(*part["full"]), part["unmarked"])


def has_post_test(version: CourseVersion) -> bool:
    """Whether the course of the version tests after it; one query."""
    return Test.objects.filter(course_code=version.course.code, purpose=Purpose.POST).exists()


def counted_mark(enrolment: Enrolment) -> Mark | None:
    """The mark of the post-test that counts by the rule of the test; None: none handed in.

    `best` compares what is certain. As long as any attempt that may count has a question to be
    marked, the mark is not final. Three queries.
    """
    counted = counted_result(enrolment)
    return counted[0] if counted else None


def counted_result(enrolment: Enrolment) -> tuple[Mark, Result] | None:
    """The mark that counts and the result it comes from."""
    results = [r for r in results_of(enrolment) if r.sitting.purpose == Purpose.POST]
    if not results:
        return None
    course = enrolment.cohort.course_version.course
    counts = Test.objects.filter(course_code=course.code, purpose=Purpose.POST).values_list(
        "counts", flat=True
    )
    return choose(results, counts.first() or Counts.BEST)


class Marked(Protocol):
    """Anything that has a mark."""

    @property
    def mark(self) -> Mark: ...


def choose[M: Marked](results: list[M], counts: str) -> tuple[Mark, M]:
    """What several attempts, oldest first, come to: the best, the last, the first or their mean.

    Of a mean the last attempt is the one it comes from: since then it is what it is.
    """
    if counts == Counts.FIRST:
        candidates = results[:1]
    elif counts == Counts.LAST:
        candidates = results[-1:]
    else:
        candidates = results
    unmarked = sum(result.mark.unmarked for result in candidates)
    if counts == Counts.MEAN:
        return _mean(candidates, unmarked), candidates[-1]
    best = max(candidates, key=lambda result: result.mark.share)
    return Mark(best.mark.got, best.mark.full, unmarked), best


def _mean(results: Sequence[Marked], unmarked: int) -> Mark:
    """The exact mean of the shares, as marks of the last test: papers may differ in length."""
    share = sum((result.mark.share for result in results), Fraction(0)) / len(results)
    full = results[-1].mark.full
    return Mark(share * full, full, unmarked)


def pre_test_result(results: Iterable[Result]) -> Result | None:
    return next((r for r in results if r.sitting.purpose == Purpose.PRE), None)


def shared_questions(first: Sitting, second: Sitting) -> Fraction:
    """The share of the second paper's questions that were in the first one too."""
    return shared_between(paper_of(first), paper_of(second))


def shared_between(first: Paper, second: Paper) -> Fraction:
    """The same of papers that are read already."""
    known = {item.question for item in first.items}
    items = second.items
    same = sum(item.question in known for item in items)
    return Fraction(same, len(items)) if items else Fraction(0)
