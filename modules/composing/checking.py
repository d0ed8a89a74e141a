"""What a test must not be saved with: questions that do not fit it, a pool that is not enough."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext

from modules.composing.advising import said_shortage
from modules.composing.reading import forms_of, lines_by_key
from modules.papers.choosing import choose
from modules.papers.contents import Blueprint, Form
from modules.papers.models import COMPARED, Drawing, Purpose, Test
from modules.papers.pool import Place, ShortPoolError
from modules.papers.pooling import pool_from, pool_of
from modules.questions.models import Question
from modules.reference.lists import listed

LABELS = ("A", "B")


def problems_of_test(test: Test) -> Iterator[str]:
    """Of a test that is about to be saved; sentences that say what to do."""
    if test.drawing == Drawing.FORMS:
        there = {form.label: form.question_keys for form in forms_of(test.course_code)}
        if missing := [label for label in LABELS if not there.get(label)]:
            yield gettext("Form {labels} asks nothing yet. Fill it first.").format(
                labels=listed(missing)
            )
    if test.drawing == Drawing.POOL and test.blueprint:
        pool = pool_of(test.blueprint)
        yield from problems_of_pool(
            pool.wanted, {one.key: one.is_anchor for one in pool.candidates}
        )
    keys = asked_by(test)
    yield from problems_of_questions(keys, test.purpose)
    yield from given_away(test, keys)


def problems_of_pool(wanted: Mapping[Place, int], anchors: Mapping[str, bool]) -> Iterator[str]:
    if not wanted:
        yield gettext("The blueprint asks nothing yet. Say first how many questions it wants.")
        return
    try:
        pool = pool_from(wanted, anchors)
        choose(pool.wanted, pool.candidates, seed=0)
    except ShortPoolError as error:
        yield gettext(
            "The pool is not enough for what the blueprint wants: {cells}. Add questions to the"
            " pool, or want fewer."
        ).format(cells=said_shortage(error))


def problems_of_questions(keys: set[str], purpose: str) -> Iterator[str]:
    """Each is in the bank, is still asked, and is for tests where it measures."""
    lines = lines_by_key(keys)
    if gone := sorted(keys - set(lines)):
        yield gettext("These questions are not in the bank: {keys}.").format(keys=listed(gone))
    if resting := [key for key, line in sorted(lines.items()) if not line.is_live]:
        yield gettext(
            "These questions are not published or retired: {keys}. Publish them or put others in"
            " their place."
        ).format(keys=listed(resting))
    practised = [k for k, line in sorted(lines.items()) if line.use != Question.Use.TEST]
    if practised and purpose in COMPARED:
        yield gettext(
            "A test before the course, after it or some months later asks questions for tests"
            " alone; these are for practice: {keys}."
        ).format(keys=listed(practised))


def given_away(test: Test, keys: set[str]) -> Iterator[str]:
    """A practice test asks nothing that the tests of the course ask."""
    own = Test.objects.filter(course_code=test.course_code).exclude(pk=test.pk)
    is_practice = test.purpose == Purpose.PRACTICE
    others = own.filter(purpose__in=COMPARED if is_practice else (Purpose.PRACTICE,))
    asked = {
        k for other in others.select_related("fixed_form", "blueprint") for k in asked_by(other)
    }
    if both := sorted(keys & asked):
        yield gettext(
            "Practice would give away what a test asks: {keys}. Take them out of one of the two."
        ).format(keys=listed(both))


def asked_by(test: Test) -> set[str]:
    """The keys of all questions that may stand in a paper of the test."""
    if test.drawing == Drawing.POOL:
        return (
            set(test.blueprint.pool.values_list("question_key", flat=True))
            if test.blueprint
            else set()
        )
    if test.drawing == Drawing.FIXED:
        return set(test.fixed_form.question_keys) if test.fixed_form else set()
    return {key for form in forms_of(test.course_code) for key in form.question_keys}


def tests_asking(form: Form) -> list[Test]:
    """The tests whose papers may be this form."""
    own = Test.objects.filter(course_code=form.course_code)
    return [
        test
        for test in own
        if test.drawing == Drawing.FORMS
        or (test.drawing == Drawing.FIXED and test.fixed_form_id == form.pk)
    ]


def tests_needing(what: Form | Blueprint) -> list[Test]:
    """The tests that would have no paper without it."""
    if isinstance(what, Form):
        return tests_asking(what)
    return list(what.tests.all())
