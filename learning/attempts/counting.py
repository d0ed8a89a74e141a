"""How often the versions of a question were answered, for those who write questions.

Counts alone: neither who answered nor how.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Max, Q, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from learning.attempts.models import Answer, PracticeAnswer


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
    practice, tests = practice_answers(question), test_answers(question)
    keys = sorted({*practice, *tests})
    return [Tally(*key, practice.get(key, 0), tests.get(key, 0)) for key in keys]


def practice_answers(question: str) -> dict[tuple[int, str], int]:
    """Stored answers by number of the version and language; one query."""
    rows = PracticeAnswer.objects.filter(question_version__key=question)
    groups = rows.order_by().values_list("question_version__n", "lang")
    return {(n, lang): count for n, lang, count in groups.annotate(count=Count("pk"))}


def test_answers(question: str) -> dict[tuple[int, str], int]:
    """Sittings that count and answered the question, by version and language; two queries.

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
        return {}
    that_count = Q(sitting__handed_in_at__isnull=False, sitting__taken_back_at=None)
    rows = Answer.objects.filter(here, that_count).filter(response__isnull=False)
    groups = rows.annotate(n=Case(*versions)).order_by().values_list("n", "lang")
    return {
        (n, lang): count
        for n, lang, count in groups.annotate(count=Count("sitting", distinct=True))
    }
