"""How often the versions of a question were answered, for those who write questions.

Counts alone: neither who answered nor how.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Max, Q, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from learning.attempts.models import Answer, PracticeAnswer, Sitting
from modules.papers.models import Purpose


@dataclass(frozen=True)
class Tally:
    """Of one version in one language."""

    n: int
    lang: str
    practice: int
    tests: int

    @property
    def language(self) -> str:
        return str(dict(settings.LANGUAGES).get(self.lang, self.lang))


def tallies_of(question: str) -> list[Tally]:
    """Every version and language in which somebody answered, in their order; three queries."""
    tests, practised = answers_in_sittings(question)
    practice = Counter(practice_answers(question)) + Counter(practised)
    keys = sorted({*practice, *tests})
    return [Tally(*key, practice.get(key, 0), tests.get(key, 0)) for key in keys]


type Counts = dict[tuple[int, str], int]


def practice_answers(question: str) -> Counts:
    """Answers stored beside lessons by number of the version and language; one query."""
    rows = PracticeAnswer.objects.filter(question_version__key=question)
    groups = rows.order_by().values_list("question_version__n", "lang")
    return {(n, lang): count for n, lang, count in groups.annotate(count=Count("pk"))}


def test_answers(question: str) -> Counts:
    """Tests that count and answered the question, by version and language; two queries."""
    return answers_in_sittings(question)[0]


def answers_in_sittings(question: str) -> tuple[Counts, Counts]:
    """The same of tests that count, and of practice tests; two queries.

    Who answered it in two languages counts for both. The paper of a sitting says which version
    stood where; it is read in the database, position by position.
    """
    last = Answer.objects.aggregate(last=Max("position"))["last"] or 0
    here, versions = Q(pk=None), []
    for place in range(last):
        item = KeyTransform(str(place), KeyTransform("items", "sitting__paper"))
        is_here = Q(
            **{"position": place + 1, f"sitting__paper__items__{place}__question": question}
        )
        here |= is_here
        versions.append(When(is_here, then=Cast(KeyTextTransform("n", item), IntegerField())))
    if not versions:
        return {}, {}
    sittings = Sitting.objects.handed_in()
    rows = Answer.objects.filter(here, sitting__in=sittings, response__isnull=False)
    groups = (
        rows.annotate(n=Case(*versions)).order_by().values_list("n", "lang", "sitting__purpose")
    )
    tests, practice = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for n, lang, purpose, count in groups.annotate(count=Count("sitting", distinct=True)):
        (practice if purpose == Purpose.PRACTICE else tests)[n, lang] += count
    return tests, practice
