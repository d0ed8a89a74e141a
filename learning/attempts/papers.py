"""Which paper a person gets: the other form of two, the one fixed form, or one from a pool."""

from collections.abc import Iterable

from django.db.models import Count

from learning.attempts.models import Sitting
from learning.enrolment.models import Cohort, Enrolment
from modules.courses.keeping import until_changed
from modules.papers.contents import Blueprint, Form, Label
from modules.papers.drawing import Frozen, Paper, draw, freeze_form
from modules.papers.models import Drawing, Purpose, Test
from modules.papers.pooling import draw_from_pool, freeze_pool


def paper_for(enrolment: Enrolment, test: Test, attempt_no: int, seed: int) -> Paper:
    """The paper of an attempt that begins now. The enrolment must be locked.

    Raises `ShortPoolError` where the pool of the test is no longer enough.
    """
    if test.drawing == Drawing.POOL and test.blueprint:
        return _from_pool(enrolment, test.blueprint, seed)
    form = _form_of(enrolment, test, attempt_no)
    return draw(form, seed, frozen_now(form))


def frozen_now(form: Form) -> tuple[Frozen, ...]:
    """What `freeze_form` says, kept until anything of the courses changes."""
    return until_changed(f"frozen:{form.pk}", lambda: freeze_form(form))


def _form_of(enrolment: Enrolment, test: Test, attempt_no: int) -> Form:
    if test.drawing == Drawing.FIXED and test.fixed_form:
        return test.fixed_form
    label = form_for(enrolment, Purpose(test.purpose), attempt_no)
    return Form.objects.get(course_code=test.course_code, label=label)


def _from_pool(enrolment: Enrolment, blueprint: Blueprint, seed: int) -> Paper:
    """First what no paper of the person in this course asked, then what was asked longest ago."""
    frozen = until_changed(f"pool:{blueprint.pk}", lambda: freeze_pool(blueprint))
    earlier = enrolment.sittings.filter(taken_back_at=None).order_by("started_at", "pk")
    return draw_from_pool(frozen, seed, last_asked_in(earlier))


def last_asked_in(earlier: Iterable[Sitting]) -> dict[str, int]:
    """The number of the last of these papers that asked a question, from 1."""
    return {
        item["question"]: number
        for number, sitting in enumerate(earlier, 1)
        for item in sitting.paper.get("items", ())
    }


def form_for(enrolment: Enrolment, purpose: Purpose, attempt_no: int) -> str:
    """The form of an attempt: the post-test begins with the other form than the pre-test.

    A second attempt changes the form again. The test some months later asks the other form than the
    last one did. Practice goes through both by turns, and leaves the order of the tests alone. The
    enrolment must be locked.
    """
    if purpose == Purpose.RETENTION:
        return _another_form(enrolment)
    if purpose == Purpose.PRACTICE:
        return Label.A if attempt_no % 2 else Label.B
    if not enrolment.first_form:
        enrolment.first_form = _rarer_form(enrolment.cohort)
        enrolment.save(update_fields=["first_form"])
    turns = attempt_no - 1 + (purpose == Purpose.POST)
    return enrolment.first_form if turns % 2 == 0 else other_form(enrolment.first_form)


def _another_form(enrolment: Enrolment) -> str:
    """The other form than that of the last test after the course, else of the one before it.

    Form A where neither is known: results on paper may be of another test. One query.
    """
    rows = enrolment.sittings.handed_in().filter(form_label__in=Label.values)
    known = dict(rows.order_by("started_at", "pk").values_list("purpose", "form_label"))
    last = known.get(Purpose.POST) or known.get(Purpose.PRE)
    return other_form(last) if last else Label.A


def other_form(label: str) -> str:
    return Label.B if label == Label.A else Label.A


def _rarer_form(cohort: Cohort) -> str:
    """Equal shares within a cohort: whichever form fewer people began with; A when equal."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    rows = cohort.enrolments.exclude(first_form="").values("first_form").annotate(n=Count("pk"))
    counts = {row["first_form"]: row["n"] for row in rows.order_by()}
    return Label.A if counts.get(Label.A, 0) <= counts.get(Label.B, 0) else Label.B
