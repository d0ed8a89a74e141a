"""Who was tested before and after a course, read once for the page that compares the two."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, QuerySet
from django.utils import timezone

from learning.attempts.models import Answer
from learning.attempts.results import Result, choose, result_from
from learning.attempts.waves import Later, day_of
from learning.cascade.figures import Tested, later_in
from learning.certificates.awarding import reaches, rule_of
from learning.reporting.asking import Asked
from learning.reporting.gathering import Line, enrolled, enrolments_in, rules_of, runs_of_tests
from learning.reporting.groups import Group
from learning.reporting.halves import ON_PAPER
from modules.papers.models import COMPARED, Purpose, Test
from modules.papers.waves import waves_after


@dataclass(frozen=True)
class Tried(Tested):
    """An enrolment with its results; `lang` is the language of most answers, where asked for."""

    line: Line
    lang: str
    pass_mark: int

    @property
    def cluster(self) -> tuple[str, int]:
        """People of one session resemble each other; who learns alone stands for herself."""
        group = self.line.group
        return ("session", group.pk) if group.event else ("alone", self.line.enrolment)

    @property
    def results(self) -> list[Result]:
        return [result for result in (self.before, self.after) if result]

    def passes(self, share: Fraction) -> bool:
        return reaches(share, self.pass_mark)


def tried_in(asked: Asked, *, with_languages: bool = False) -> list[Tried]:
    """Everybody asked for who handed in a test before or after; six queries.

    Which tests are compared says the rule of the cohort (`Terms.compared`). The languages of the
    answers take one query more.
    """
    groups = [group for group in asked.reach.groups if asked.has(group)]
    lines = asked.among(enrolled(asked.reach.enrolments, groups, asked.period))
    if not lines:
        return []
    wanted = enrolments_in(asked.reach.enrolments, groups, asked.period).values("pk")
    results, rules = _results(wanted), rules_of(groups)
    langs = _languages(wanted) if with_languages else {}
    courses = {group.course for group in groups}
    waves = {
        test.course_code: test
        for test in Test.objects.filter(course_code__in=courses, purpose=Purpose.RETENTION)
    }
    today = timezone.localdate()
    found = []
    for line in lines:
        own = results.get(line.enrolment, ())
        before, after = _compared(own, line.group.terms.compared)
        if before or after:
            rule = rule_of(rules.get(line.group.version, ()), line.group.last_day or today)
            lang = langs.get(line.enrolment, ON_PAPER)
            later = later_in(own)
            states = _states(line.group, own, waves.get(line.group.course), later, today)
            found.append(
                Tried(before, after, line, lang, rule.pass_mark, later=later, states=states)
            )
    return found


def _states(
    group: Group,
    results: Iterable[Result],
    test: Test | None,
    later: Mapping[int, Result],
    today: dt.date,
) -> dict[int, str]:
    """How far each wave is for somebody, counted from the test after the course that counts."""
    after = [one for one in results if one.sitting.purpose == Purpose.POST]
    if test is None or not after:
        return {}
    ended = day_of(choose(after, group.terms.counts)[1].sitting)
    return {
        wave.months: Later(
            wave, taken.sitting if (taken := later.get(wave.months)) else None
        ).state(today)
        for wave in waves_after(ended, test.months, test.tolerance_days)
    }


def _compared(results: Iterable[Result], counts: str) -> tuple[Result | None, Result | None]:
    """The first test before, and the test after that statistics compare with it."""
    by_purpose: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_purpose[result.sitting.purpose].append(result)
    before, after = by_purpose[Purpose.PRE], by_purpose[Purpose.POST]
    return (before[0] if before else None), (choose(after, counts)[1] if after else None)


def _results(enrolments: QuerySet) -> Mapping[int, Sequence[Result]]:
    """By enrolment, oldest first; one query."""
    found: dict[int, list[Result]] = defaultdict(list)
    for run in runs_of_tests(enrolments, COMPARED).select_related("sitting").iterator():
        found[run.sitting.enrolment_id].append(result_from(run.sitting, run))
    return found


def _languages(enrolments: QuerySet) -> Mapping[int, str]:
    """In what most answers of each enrolment were given, the first by name where two are even.

    Nobody knows of answers on paper.
    """
    counted = (
        Answer.objects.filter(
            sitting__enrolment__in=enrolments,
            sitting__purpose__in=(Purpose.PRE, Purpose.POST),
            sitting__taken_back_at=None,
        )
        .exclude(lang="")
        .values_list("sitting__enrolment", "lang")
        .annotate(n=Count("pk"))
        .order_by("n", "-lang")
    )
    return {enrolment: lang for enrolment, lang, _n in counted}
