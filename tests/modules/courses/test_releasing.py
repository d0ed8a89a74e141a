import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from modules.courses.models import CourseVersion, LessonPage
from modules.courses.releasing import ReleaseError, content_sha, release
from modules.courses.remembering import in_words, kept_by, standing_today
from modules.papers import contents
from modules.papers import models as papers
from modules.papers.contents import Form
from modules.questions.models import Question
from modules.reference.models import LegalFigure

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(mini_course):
    """A course as it is after its first load; version 1.0 is released."""
    return mini_course


def lesson(lang="en"):
    return LessonPage.objects.get(key="one", locale__language_code=lang)


def test_what_a_version_holds(course):
    manifest = release(course, "1.0").manifest

    assert list(manifest["pages"]) == ["en", "ur"]
    assert manifest["pages"]["ur"] == {"one": lesson("ur").live_revision_id}
    assert manifest["lessons"] == ["one", "two"]
    assert manifest["titles"] == {"en": "Mini course", "ur": "چھوٹا کورس"}
    assert manifest["questions"] == {"mi-a1": 1, "mi-b1": 1, "mi-one": 1, "mi-two": 1}
    assert manifest["forms"] == {"A": ["mi-a1"], "B": ["mi-b1"]}
    assert manifest["tests"]["post"]["wait_days"] == 7
    assert manifest["outcomes"]["MI1"]["titles"]["en"] == "Explain little."
    assert manifest["figures"]["kh.mini-limit"] == {
        "value": "100",
        "unit": "KHR per month",
        "jurisdiction": "KH",
        "valid_from": "2024-02",
        "valid_to": "",
        "basis": "Prakas 1",
        "source": "[W900]",
        "checked_on": "2026-11-21",
    }


def test_a_version_holds_the_figures_of_law_tables(course):
    page = LessonPage.objects.get(key="two", locale__language_code="en")
    table = {"anchor": "t", "keys": ["kh.mini-limit"], "text": "## T"}
    LessonPage.objects.filter(key="one").delete()
    _publish(page, body=[{"type": "figures", "value": table}])

    assert list(release(course, "1.1").manifest["figures"]) == ["kh.mini-limit"]


def test_the_same_content_is_the_same_version(course):
    first = CourseVersion.objects.get(course=course)
    lesson().save_revision().publish()  # a new revision that says the same

    assert release(course, "1.0") == first
    assert first.released_at < timezone.now()


@pytest.mark.parametrize("options", [[], ["--pages"], ["--days", "1"]])
def test_purging_revisions_keeps_what_a_version_shows(course, options, time_machine, monkeypatch):
    delete = Revision.delete

    def alone(revision):
        """As outside of tests, where each deletion is a transaction of its own."""
        with transaction.atomic():
            return delete(revision)

    monkeypatch.setattr(Revision, "delete", alone)
    version = CourseVersion.objects.get(course=course)
    released = lesson().live_revision_id
    _publish(lesson(), title="Edited")
    between = lesson().live_revision_id
    _publish(lesson(), title="Edited again")
    time_machine.move_to(timezone.now() + dt.timedelta(days=3))

    call_command("purge_revisions", *options)

    assert Revision.objects.filter(pk=released).exists()
    assert not Revision.objects.filter(pk=between).exists()
    before, _after = in_words(kept_by(version), standing_today(course), "en", facilitator=False)
    assert all(text.blocks is not None for text in before.lessons)


def test_a_page_that_was_released_can_still_be_deleted(course):
    released = lesson().live_revision_id

    lesson().delete()

    assert not Revision.objects.filter(pk=released).exists()


@pytest.mark.parametrize(
    "edit",
    [
        lambda: _publish(lesson(), title="Edited"),
        lambda: _publish(lesson("ur"), title="Edited"),
        lambda: Question.objects.filter(key="mi-a1").update(
            definition=Question.objects.get(key="mi-b1").definition
        ),
        lambda: LegalFigure.objects.filter(key="kh.mini-limit").update(value="101"),
        lambda: Form.objects.get(label="A", course_code="mini").delete(),
    ],
)
def test_other_content_needs_another_number(course, edit):
    edit()

    with pytest.raises(ReleaseError, match=r"version 1\.0 was released with other content; raise"):
        release(course, "1.0")
    assert release(course, "1.1").number == "1.1"


def test_a_draft_is_not_part_of_a_version(course):
    page = lesson()
    page.title = "Draft"
    page.save_revision()

    assert release(course, "1.0").number == "1.0"


def test_a_question_that_is_not_live_stops_the_release(course):
    Question.objects.get(key="mi-two").unpublish()

    with pytest.raises(ReleaseError, match=r'cannot be released: There is no live question "mi-tw'):
        release(course, "1.1")


@pytest.fixture
def blueprint(course) -> contents.Blueprint:
    """The practice test of the course draws one question of each place."""
    blueprint = contents.Blueprint.objects.create(course_code="mini", key="practice")
    blueprint.cells.create(outcome="MI1", level="understand", count=1)
    blueprint.cells.create(outcome="MI1", level="apply", count=1)
    for key in ("mi-one", "mi-two"):
        blueprint.pool.create(question_key=key, is_anchor=key == "mi-two")
    papers.Test.objects.create(
        course_code="mini", purpose="practice", drawing="pool", blueprint=blueprint
    )
    return blueprint


def test_a_version_holds_blueprints_and_the_questions_of_pools(course, blueprint):
    LessonPage.objects.get(key="two", locale__language_code="en").unpublish()

    manifest = release(course, "1.1").manifest

    assert manifest["blueprints"] == {
        "practice": {
            "cells": {"MI1": {"apply": 1, "understand": 1}},
            "pool": ["mi-one", "mi-two"],
            "anchors": ["mi-two"],
        }
    }
    assert manifest["questions"]["mi-two"] == 1
    assert manifest["sha256"]["questions"]["mi-two"]
    assert manifest["tests"]["practice"]["drawn"] == "pool"
    assert manifest["tests"]["practice"]["blueprint"] == "practice"
    assert "drawn" not in manifest["tests"]["post"]


def test_a_blueprint_that_nothing_follows_is_no_part_of_a_version(course, blueprint):
    papers.Test.objects.filter(purpose="practice").delete()
    assert release(course, "1.0").number == "1.0"

    contents.Form.objects.update(blueprint=blueprint)

    manifest = release(course, "1.1").manifest
    assert manifest["blueprints"] == {"practice": {"cells": {"MI1": {"apply": 1, "understand": 1}}}}


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.cells.filter(level="apply").update(level="analyse"),
        lambda one: one.pool.filter(question_key="mi-two").delete(),
        lambda one: one.pool.update(is_anchor=False),
    ],
)
def test_another_blueprint_is_other_content(course, blueprint, change):
    release(course, "1.1")
    change(blueprint)

    with pytest.raises(ReleaseError):
        release(course, "1.1")


def test_when_a_test_is_open_is_no_part_of_a_version(course):
    papers.Test.objects.update(opens_at=timezone.now(), by_cohort=True)

    assert release(course, "1.0").number == "1.0"


def test_a_pool_that_is_not_enough_stops_the_release(course, blueprint):
    blueprint.cells.filter(level="apply").update(count=3)

    with pytest.raises(
        ReleaseError,
        match="the pool of blueprint practice is not enough for the test practice: 2 missing for"
        " MI1 apply",
    ):
        release(course, "1.1")
    assert course.versions.count() == 1


def test_a_retired_question_of_a_pool_stops_the_release(course, blueprint):
    Question.objects.filter(key="mi-two").update(retired=True)

    with pytest.raises(ReleaseError, match='There is no live question "mi-two"'):
        release(course, "1.1")


def test_numbers_of_this_database_do_not_count():
    manifest = {"pages": {"en": {"one": 7}}, "questions": {"q": 1}, "sha256": {}, "titles": {}}

    other = {**manifest, "pages": {"en": {"one": 8}}, "questions": {"q": 2}}

    assert content_sha(manifest) == content_sha(other)
    assert content_sha(manifest) != content_sha({**manifest, "titles": {"en": "t"}})


def _publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
