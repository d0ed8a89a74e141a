"""Marking again, in words and rows: what changed for whom, and why it cannot be done."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.attempts.naming import label_of_test
from learning.attempts.regrades import Regrading
from learning.attempts.regrading import Change
from modules.questions.definitions import sha_of
from modules.questions.errors import DefinitionError
from modules.questions.freezing import live_definitions
from modules.questions.models import Question, QuestionVersion
from modules.reference.cells import to_csv

DECIMALS = Decimal("0.0001")


def why_not(code: str) -> str:
    """Why nothing was done, and what to do."""
    return {
        "nobody": _("No test that is kept asks this version. Choose another one."),
        "same": _("A version cannot be marked again by itself. Choose another one to mark by."),
        "other_parts": _(
            "The two versions do not have the same kind and the same parts, so that an answer to"
            " the one says nothing of the other. Give everybody the full mark, or leave the"
            " question out."
        ),
        "answers": _(
            "An answer that was given does not fit the other version. Give everybody the full mark,"
            " or leave the question out."
        ),
        "stale": _(
            "Something changed since this page was opened: a test was handed in or marked, or the"
            " question was edited. Nothing was decided. Look at the numbers below once more."
        ),
    }[code]


@dataclass(frozen=True)
class Row:
    """A sitting whose marks change, in words."""

    change: Change
    name: str
    course: str
    programme: str
    test: str


def rows_of(changes: Iterable[Change]) -> list[Row]:
    """By name."""
    return sorted(map(_row, changes), key=lambda row: (row.name, row.change.sitting.pk))


def _row(change: Change) -> Row:
    sitting = change.sitting
    return Row(
        change,
        sitting.enrolment.person.name(),
        str(sitting.course_version),
        str(sitting.enrolment.cohort.programme),
        label_of_test(sitting.test_name),
    )


def distribution(changes: Iterable[Change]) -> list[tuple[Fraction, int]]:
    """How many sittings gain how many marks, the greatest loss first."""
    return sorted(Counter(change.gained for change in changes).items())


def keys_changed() -> list[str]:
    """Questions of which another key, another marking or other parts were kept; one query."""
    rows = QuestionVersion.objects.order_by().values("key")
    changed = rows.annotate(n=Count("structure_sha", distinct=True)).filter(n__gt=1)
    return sorted(changed.values_list("key", flat=True))


def version_now(question: str, versions: Collection[QuestionVersion]) -> int | None:
    """The version that the question in the bank is; None where none is kept of it yet.

    Of a question that is gone, or cannot be asked as it stands, the newest version.
    """
    try:
        sha = sha_of(live_definitions([question])[question])
    except (Question.DoesNotExist, DefinitionError):
        return max(version.n for version in versions)
    return next((version.n for version in versions if version.sha == sha), None)


def changes_csv(made: Regrading, changes: Sequence[Change]) -> HttpResponse:
    """Every sitting that was marked again with its old and new marks, and the decision below."""
    heading = [
        *(_("Name"), _("Course"), _("Programme"), _("Test"), _("Marks before"), _("Full before")),
        *(_("Marks now"), _("Full now"), _("Change")),
    ]
    lines: list[Sequence[str | Decimal]] = [
        heading,
        *(_line(row) for row in rows_of(changes)),
        [],
        *_about(made),
    ]
    day = timezone.localdate(made.made_at).isoformat()
    name = f"cascade-marked-again-{made.question_key}-{day}.csv"
    return HttpResponse(
        to_csv(lines).encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _line(row: Row) -> list[str | Decimal]:
    before, after = row.change.before, row.change.after
    marks = (before.got, before.full, after.got, after.full, row.change.gained)
    return [row.name, row.course, row.programme, row.test, *map(_decimal, marks)]


def _decimal(value: Fraction) -> Decimal:
    exact = (Decimal(value.numerator) / value.denominator).quantize(DECIMALS).normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact


def _about(made: Regrading) -> Collection[Sequence[str]]:
    when = timezone.localtime(made.made_at).strftime("%Y-%m-%d %H:%M %Z")
    versions = ", ".join(f"{made.question_key}.{n}" for n in made.from_ns)
    return [
        [_("Question"), versions],
        [_("Marked again"), how_of(made)],
        [_("Reason"), made.reason],
        [_("Decided by"), str(made.by or _("somebody whose account is gone"))],
        [_("Decided"), when],
    ]


def how_of(made: Regrading) -> str:
    """The decision in words."""
    if made.how == Regrading.How.VERSION:
        return _("by version {n}").format(n=made.to_n)
    if made.how == Regrading.How.FULL:
        return _("everybody gets the full mark")
    return _("leave the question out: it counts for nobody")
