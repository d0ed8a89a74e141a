"""What was decided about a question after people had answered it, and what follows for a sitting.

A decision holds for every sitting whose paper asks one of its versions: for those handed in before
by a marking run of its own (`regrading`), for later ones whenever they are marked.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.attempts.models import Sitting
from learning.attempts.questions import paper_of
from learning.people.models import Programme
from learning.people.personal import OnErase, holds
from modules.questions.models import QuestionVersion
from modules.questions.shapes import Definition

LONGEST_REASON = 300


class Regrading(models.Model):
    """How sittings that ask versions `from_ns` of a question are marked instead.

    `programme` is None for all of them. Of several decisions about one version the newest holds.
    `finished_at`: when the last sitting that was handed in before had been marked again.
    """

    class How(models.TextChoices):
        VERSION = "version", _("by another version")
        FULL = "full", _("full mark for everybody")
        OUT = "out", _("left out")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    question_key = models.SlugField(max_length=80)
    from_ns = models.JSONField()
    how = models.CharField(max_length=8, choices=How)
    to_n = models.PositiveIntegerField(null=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="regradings")
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("marking again")
        verbose_name_plural = _("markings again")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how="version", to_n__isnull=False)
                | Q(how__in=["full", "out"], to_n=None),
                name="regrading_says_how",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="regrading_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.how}"


@dataclass(frozen=True)
class Decided:
    """What holds for one position of a paper instead of its own question's key.

    `definition` is that of the version that marks; None where no answer is looked at.
    """

    regrading: Regrading
    definition: Definition | None = None

    @property
    def gives_full(self) -> bool:
        return self.regrading.how == Regrading.How.FULL

    @property
    def leaves_out(self) -> bool:
        return self.regrading.how == Regrading.How.OUT


type ByPosition = Mapping[int, Decided]


def decided_for(
    sittings: Collection[Sitting],
    trying: Regrading | None = None,
    definition: Definition | None = None,
) -> dict[int, ByPosition]:
    """What was decided for these sittings, by their keys and the positions of their papers.

    `trying` is a decision that is not stored, as if it were the newest; `definition` is what it
    marks by. One query where nothing was decided, three at most.
    """
    papers = {sitting.pk: paper_of(sitting) for sitting in sittings}
    keys = {item.question for paper in papers.values() for item in paper.items}
    made = list(Regrading.objects.filter(question_key__in=keys))
    if not made and trying is None:
        return {}
    definitions = _definitions(made)
    programmes = _programmes(papers) if made else {}
    found: dict[int, dict[int, Decided]] = defaultdict(dict)
    for pk, paper in papers.items():
        for item in paper.items:
            for one in made:
                if concerns(one, item.question, item.n, programmes.get(pk)):
                    key = (one.question_key, one.to_n)
                    found[pk][item.position] = Decided(one, definitions.get(key))
            if trying and _asks(trying, item.question, item.n):
                found[pk][item.position] = Decided(trying, definition)
    return dict(found)


def concerns(regrading: Regrading, question: str, n: int, programme: int | None) -> bool:
    """Whether the decision holds for a version of a question in a programme."""
    within = regrading.programme_id in {None, programme}
    return within and _asks(regrading, question, n)


def _asks(regrading: Regrading, question: str, n: int) -> bool:
    return regrading.question_key == question and n in regrading.from_ns


def _programmes(sittings: Collection[int]) -> dict[int, int]:
    rows = Sitting.objects.filter(pk__in=list(sittings)).order_by()
    return dict(rows.values_list("pk", "enrolment__cohort__programme_id"))


def _definitions(made: Sequence[Regrading]) -> dict[tuple[str, int | None], Definition]:
    wanted = {(one.question_key, one.to_n) for one in made if one.to_n is not None}
    if not wanted:
        return {}
    found = QuestionVersion.objects.filter(
        key__in={key for key, _n in wanted}, n__in={n for _key, n in wanted}
    )
    return {(one.key, one.n): one.content for one in found}


holds(
    "learning.Regrading",
    "",
    OnErase.KEEP,
    "What was decided about a question, and who decided it.",
    actors=["by"],
)
