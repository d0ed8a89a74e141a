"""From a draft to its readers: who moves a lesson on, who cannot, and when law is asked about."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowPage

from learning.people.groups import ensure_groups
from learning.people.roles import synchronise_groups
from modules.courses.models import LessonPage
from modules.editing.workflow import NAME
from modules.wagtail_hooks import back_to_the_desk
from tests.cast import sign_in
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db

OWN = block("text", "a", "## A\n\nWords. (own)")
LAW = block("law", "box", "A box. (own)", figure="pk-pb.wage-limit")
EVERYBODY = ("author", "reviewer", "legal_reviewer", "translator", "outsider")


def submitted(cast, *blocks) -> LessonPage:
    """A live lesson whose new title its author has submitted."""
    lesson = make_lesson(make_course(), "one", *blocks)
    synchronise_groups(cast.author)
    lesson.title = "New title"
    lesson.save_revision(user=cast.author)
    lesson.get_workflow().start(lesson, cast.author)
    return lesson


def act(cast, role: str, lesson: LessonPage, action: str, comment: str = "") -> int:
    """`role` presses a button of the review; the status of the answer."""
    state = TaskState.objects.filter(workflow_state__object_id=str(lesson.pk)).latest("pk")
    url = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, action, state.pk])
    client = sign_in(Client(), getattr(cast, role))
    return client.post(url, {"comment": comment}).status_code


def waits_for(lesson: LessonPage) -> str:
    """The task that a lesson is at, "" for none."""
    task = LessonPage.objects.get(pk=lesson.pk).current_workflow_task
    return task.name if task else ""


def title(lesson: LessonPage) -> str:
    return LessonPage.objects.get(pk=lesson.pk).title


def test_without_law_the_subject_review_publishes(cast):
    lesson = submitted(cast, OWN)
    assert (waits_for(lesson), title(lesson)) == ("Subject review", "Lesson one")

    act(cast, "reviewer", lesson, "approve")

    assert (waits_for(lesson), title(lesson)) == ("", "New title")
    assert list(TaskState.objects.order_by("pk").values_list("status", "task__name")) == [
        ("approved", "Subject review"),
        ("skipped", "Legal review"),
    ]


def test_with_law_both_reviews_are_needed(cast):
    lesson = submitted(cast, OWN, LAW)

    act(cast, "reviewer", lesson, "approve")
    assert (waits_for(lesson), title(lesson)) == ("Legal review", "Lesson one")

    act(cast, "legal_reviewer", lesson, "approve")
    assert (waits_for(lesson), title(lesson)) == ("", "New title")


@pytest.mark.parametrize("role", [one for one in EVERYBODY if one != "reviewer"])
def test_nobody_else_does_the_subject_review(cast, role):
    lesson = submitted(cast, OWN)

    act(cast, role, lesson, "approve")

    assert (waits_for(lesson), title(lesson)) == ("Subject review", "Lesson one")


@pytest.mark.parametrize("role", [one for one in EVERYBODY if one != "legal_reviewer"])
def test_nobody_else_does_the_legal_review(cast, role):
    lesson = submitted(cast, LAW)
    act(cast, "reviewer", lesson, "approve")

    act(cast, role, lesson, "approve")

    assert (waits_for(lesson), title(lesson)) == ("Legal review", "Lesson one")


def test_law_that_was_added_during_the_subject_review_is_reviewed(cast):
    lesson = submitted(cast, OWN)
    lesson.legal_caution = "punjab-2026"
    lesson.save_revision(user=cast.reviewer)

    act(cast, "reviewer", lesson, "approve")

    assert waits_for(lesson) == "Legal review"


def test_a_lesson_that_is_sent_back_waits_for_its_author(cast):
    lesson = submitted(cast, OWN)

    act(cast, "reviewer", lesson, "reject", "A source is missing.")

    state = LessonPage.objects.get(pk=lesson.pk).current_workflow_state
    assert state.status == state.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "A source is missing."
    assert title(lesson) == "Lesson one"


@pytest.mark.parametrize("role", EVERYBODY)
def test_nobody_publishes_past_the_reviews(cast, role):
    lesson = submitted(cast, OWN)
    lesson.current_workflow_state.cancel(user=cast.author)
    synchronise_groups(getattr(cast, role))

    may = lesson.permissions_for_user(getattr(cast, role))

    assert not may.can_publish()
    assert may.can_edit() is (role in {"author", "reviewer", "translator"})


def test_a_legal_reviewer_opens_a_lesson_while_it_waits_for_her(cast):
    lesson = submitted(cast, LAW)
    client = sign_in(Client(), cast.legal_reviewer)
    editor = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert client.get(editor).status_code == 302

    act(cast, "reviewer", lesson, "approve")

    assert client.get(editor).status_code == 200
    assert "New title" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert sign_in(Client(), cast.author).get(editor).context["locked_for_user"]


def test_who_sees_no_tree_of_pages_goes_on_from_her_first_page(cast, rf):
    lesson = submitted(cast, LAW)
    request = rf.post("/")
    answers = {}
    for role in ("author", "reviewer", "legal_reviewer"):
        request.user = getattr(cast, role)
        synchronise_groups(request.user)
        answers[role] = back_to_the_desk(request, lesson)

    assert answers.pop("legal_reviewer").url == reverse("wagtailadmin_home")
    assert answers == {"author": None, "reviewer": None}


def test_what_waits_is_told_on_the_dashboard_and_by_no_letter(cast):
    submitted(cast, OWN)

    page = sign_in(Client(), cast.reviewer).get(reverse("wagtailadmin_home")).content.decode()

    assert "New title" in page
    assert mail.outbox == []


def test_the_workflow_is_made_once_and_an_administrators_choice_stays():
    root = Page.get_first_root_node()
    assert WorkflowPage.objects.get(page=root).workflow.name == NAME

    WorkflowPage.objects.filter(page=root).delete()
    ensure_groups()

    assert not WorkflowPage.objects.filter(page=root).exists()
