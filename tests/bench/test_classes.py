"""A class holds what the rules wrote of those it is made of."""

import datetime as dt
import uuid
from itertools import repeat

import pytest
from django.utils import timezone

from learning.attempts.models import Answer, ScoringRun, Sitting
from learning.enrolment.models import Enrolment
from learning.progress.models import StepDone
from learning.progress.recording import mark_done
from tests.bench.classes import live_again, twin
from tests.learning.reporting.making import enrol, make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(cast):
    """Somebody with a lesson and a test of one answer behind her."""
    enrolment = enrol(make_cohort(cast), "Model", lessons=["one"], pre=12)
    sitting = Sitting.objects.get()
    Answer.objects.create(
        sitting=sitting, position=1, response="a", lang="en", device=uuid.uuid4(), device_seq=1
    )
    Enrolment.objects.update(created_at=timezone.now() - dt.timedelta(days=9))
    return Enrolment.objects.prefetch_related("steps", "facts", "sittings").get(pk=enrolment.pk)


def test_a_twin_is_another_row_with_the_same_content(model):
    step = StepDone.objects.get()

    same = twin(step, enrolment=model)

    assert same.pk != step.pk
    assert same._state.adding
    assert (same.step_key, same.received_at) == (step.step_key, step.received_at)


def test_each_of_a_class_has_done_what_the_model_did(cast, model):
    cohort = model.cohort
    others = [enrol(cohort, f"Other {n}") for n in range(3)]

    live_again(others, list(repeat(model, 3)))

    for one in Enrolment.objects.exclude(pk=model.pk):
        assert one.created_at == model.created_at
        assert [step.step_key for step in one.steps.all()] == ["one"]
        sitting = one.sittings.get()
        assert sitting.answers.get().response == "a"
        assert ScoringRun.objects.get(sitting=sitting).num == 12
    assert Sitting.objects.count() == 4


def test_what_is_copied_stays_apart_from_the_model(cast, model):
    other = enrol(model.cohort, "Other")
    live_again([other], [model])

    mark_done(other, "two", None)

    assert model.steps.count() == 1
