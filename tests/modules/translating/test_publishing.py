"""Who lets a translated page out, and when somebody who knows the law must have read it."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState
from wagtail_localize.models import Translation

from learning.people.roles import synchronise_groups
from modules.courses.models import LessonPage
from modules.reference.models import Review
from tests.cast import sign_in
from tests.modules.courses.making import block, make_course, make_lesson, translate
from tests.modules.translating.making import begin, say, urdu

pytestmark = pytest.mark.django_db

LAW = block("law", "box", "A box. (own)", figure="pk-pb.wage-limit")
OWN = block("text", "box", "A box. (own)")
SAID = "ایک ڈبا۔ (own)"


def make(law: bool = True, **fields) -> LessonPage:
    return make_lesson(make_course(), "one", LAW if law else OWN, **fields)


def translated(lesson: LessonPage) -> Translation:
    """A translation with a word that nobody published."""
    translation = begin(lesson)
    say(translation, "A box. (own)", SAID)
    return translation


def post(cast, role: str, url: str, **data):
    return sign_in(Client(), getattr(cast, role)).post(url, data, follow=True)


def approve(cast, translation: Translation, role: str = "reviewer") -> str:
    return post(cast, role, reverse("translation_approve", args=[translation.pk])).content.decode()


def act(cast, role: str, page: LessonPage, action: str = "approve") -> None:
    """`role` presses a button of the review that the page waits for."""
    state = TaskState.objects.filter(workflow_state__object_id=str(page.pk)).latest("pk")
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    sign_in(Client(), getattr(cast, role)).post(url, {"comment": ""})


def is_out(lesson: LessonPage) -> bool:
    """Whether readers of Urdu have the words."""
    return (
        SAID.removesuffix(" (own)")
        in Client().get(f"/ur/courses/trial/{lesson.slug}/").content.decode()
    )


def waits_for(lesson: LessonPage) -> str:
    task = urdu(lesson).current_workflow_task
    return task.name if task else ""


def may_publish(user, page) -> bool:
    synchronise_groups(user)
    return page.permissions_for_user(user).can_publish()


@pytest.fixture(autouse=True)
def _published_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        yield


def test_beginning_a_translation_again_lets_nothing_out(cast, django_capture_on_commit_callbacks):
    """What was translated before is known still: it comes back as a draft."""
    lesson = make(law=False)
    translation = translated(lesson)
    reader_has = urdu(lesson)
    post(cast, "reviewer", reverse("wagtail_localize:convert_to_alias", args=[reader_has.pk]))
    assert urdu(lesson).alias_of_id == lesson.pk

    url = reverse("wagtail_localize:submit_page_translation", args=[lesson.pk])
    with django_capture_on_commit_callbacks(execute=True):
        post(cast, "translator", url, locales=[translation.target_locale_id])

    page = urdu(lesson)
    assert (page.alias_of_id, page.live, page.has_unpublished_changes) == (None, True, True)
    assert page.review == Review.DRAFT
    assert SAID in str(page.get_latest_revision_as_object().body.raw_data)
    assert SAID not in str(page.body.raw_data)
    assert not is_out(lesson)


def test_translation_that_cites_law_waits_for_the_legal_reviewer(
    cast, django_capture_on_commit_callbacks
):
    lesson = make()
    translation = translated(lesson)
    editor = translation.get_target_instance_edit_url()

    assert not may_publish(cast.reviewer, urdu(lesson))
    post(cast, "reviewer", editor, action="publish")
    assert not is_out(lesson)

    html = approve(cast, translation)
    assert "is approved, and waits for: Legal review." in html
    assert "Waits for its review" in html
    assert (waits_for(lesson), is_out(lesson)) == ("Legal review", False)
    assert "waits for its review already" in approve(cast, translation)
    for role in ("reviewer", "translator", "author"):
        act(cast, role, urdu(lesson))
    assert (waits_for(lesson), is_out(lesson)) == ("Legal review", False)

    with django_capture_on_commit_callbacks(execute=True):
        act(cast, "legal_reviewer", urdu(lesson))
    assert (waits_for(lesson), is_out(lesson)) == ("", True)


def test_approving_what_cites_no_law_publishes(cast, django_capture_on_commit_callbacks):
    lesson = make(law=False)
    translation = translated(lesson)
    assert may_publish(cast.reviewer, urdu(lesson))

    with django_capture_on_commit_callbacks(execute=True):
        html = approve(cast, translation)

    assert "is published." in html
    assert "Approve for publishing" not in html
    assert is_out(lesson)


@pytest.mark.parametrize("role", ["translator", "author", "legal_reviewer"])
def test_nobody_else_approves(cast, role):
    lesson = make(law=False)

    approve(cast, translated(lesson), role)

    assert not is_out(lesson)
    assert not TaskState.objects.exists()


def test_translation_that_was_sent_back_is_approved_anew(cast):
    lesson = make()
    translation = translated(lesson)
    approve(cast, translation)
    act(cast, "legal_reviewer", urdu(lesson), "reject")
    assert urdu(lesson).current_workflow_state.status == "needs_changes"

    approve(cast, translation)

    assert waits_for(lesson) == "Legal review"


def test_what_the_legal_reviewer_read_in_english_is_not_read_again(
    cast, django_capture_on_commit_callbacks
):
    lesson = make()
    synchronise_groups(cast.author)
    lesson.title = "New title"
    lesson.save_revision(user=cast.author)
    lesson.get_workflow().start(lesson, cast.author)
    with django_capture_on_commit_callbacks(execute=True):
        act(cast, "reviewer", lesson)
        assert not may_publish(cast.reviewer, urdu(lesson))
        act(cast, "legal_reviewer", lesson)
    translation = translated(LessonPage.objects.get(pk=lesson.pk))

    assert may_publish(cast.reviewer, urdu(lesson))
    with django_capture_on_commit_callbacks(execute=True):
        assert "is published." in approve(cast, translation)
    assert is_out(lesson)

    # Past the reviews: what readers have in English now is read by nobody.
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    assert not may_publish(cast.reviewer, urdu(lesson))


def test_a_cleared_caution_says_that_english_was_read(cast):
    lesson = make(legal_caution="cleared")
    assert may_publish(cast.reviewer, translate(lesson, "ur"))

    lesson.legal_caution = "punjab-2026"
    lesson.save_revision().publish()
    assert not may_publish(cast.reviewer, urdu(lesson))


@pytest.mark.parametrize(("law", "may"), [(True, False), (False, True)])
def test_a_translation_of_the_ordinary_editor_obeys_too(cast, law, may):
    page = translate(make(law=law), "ur")

    assert may_publish(cast.reviewer, page) is may
    assert not may_publish(cast.translator, page)


def test_all_languages_at_once_are_not_published_past_the_law(cast):
    lesson = make()
    translation = translated(lesson)
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    html = post(cast, "reviewer", url, publish_translations="on").content.decode()

    assert "Nothing was published: the lesson cites law." in html
    assert not is_out(lesson)


def test_only_what_is_published_is_confirmed(cast):
    lesson = make(law=False)
    translation = translated(lesson)
    url = reverse("translation_review", args=[translation.pk])

    post(cast, "reviewer", url)
    assert urdu(lesson).review == Review.DRAFT

    translation.save_target(publish=True)
    urdu(lesson).get_latest_revision().publish()
    post(cast, "reviewer", url)
    assert urdu(lesson).review == Review.REVIEWED
