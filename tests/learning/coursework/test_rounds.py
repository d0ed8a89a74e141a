"""From the draft to the mark: what is recorded, who is asked, and that nothing happens twice."""

import uuid
from datetime import timedelta
from fractions import Fraction

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from learning.coursework.deadlines import set_deadline
from learning.coursework.handing_in import (
    CannotHandIn,
    hand_in,
    may_take_back,
    save_draft,
    take_back,
    what_lacks,
)
from learning.coursework.models import (
    Calibration,
    HandedFile,
    Review,
    ReviewTask,
    Work,
    WorkFact,
    WorkMark,
    where_files_lie,
)
from learning.coursework.reviewing import (
    CannotReview,
    decide_as_trainer,
    give_review,
    replace_reviewer,
    tuning_of,
)
from learning.coursework.tending import tend
from learning.enrolment.enrolling import withdraw
from learning.notices.models import NoticeSent
from learning.people.facts import FactIsFinal
from learning.privacy.erasing import erase_person
from learning.privacy.exporting import export_person
from modules.questions.errors import ResponseError
from tests.learning.coursework.making import (
    KEY,
    PDF,
    calibrate,
    draft,
    enrol,
    handed_in,
    review,
    tasks_for,
)

DAY = timedelta(days=1)


def why_with_trainer(work: Work) -> str | None:
    return work.tasks.filter(reviewer=None).values_list("why", flat=True).first()


def all_of(people, assignment) -> list[Work]:
    """Each hands in."""
    return [handed_in(one, assignment) for one in people]


def test_three_people_mark_one_another_and_the_mean_is_exact(people, assignment):
    works = all_of(people, assignment)

    for one in people:
        tasks = tasks_for(one)
        assert len(tasks) == 2
        assert all(task.work.enrolment_id != one.pk for task in tasks)
    first, second = ReviewTask.objects.filter(work=works[0])
    review(first, clear="1", true="4")
    assert not WorkMark.objects.exists()
    review(second, clear="3", true="4")

    mark = works[0].marks.get()
    assert (mark.share, mark.levels) == (Fraction(6, 7), {"clear": "2", "true": "4"})
    assert (mark.rules_version, mark.decision) == (1, None)
    assert not works[1].marks.exists()


def test_reviews_that_are_far_apart_go_to_the_trainer_whose_mark_stands(people, assignment, cast):
    work = all_of(people, assignment)[0]
    for task, clear in zip(work.tasks.all(), ("0", "3"), strict=True):
        review(task, clear=clear)

    assert why_with_trainer(work) == "spread"
    assert not work.marks.exists()
    fact = uuid.uuid4()
    for _twice in range(2):
        decide_as_trainer(
            work, {"clear": "1", "true": "4"}, "Fine.", "In between.", cast.trainer, fact
        )
    assert work.marks.get().share == Fraction(5, 7)
    decide_as_trainer(
        work, {"clear": "3", "true": "4"}, "Better.", "Again.", cast.trainer, uuid.uuid4()
    )
    assert [mark.share for mark in work.marks.all()] == [Fraction(5, 7), Fraction(1)]
    assert not work.tasks.filter(state=ReviewTask.State.OPEN).exists()


def test_whoever_is_late_is_replaced_and_her_review_is_kept_without_counting(
    people, assignment, cohort, cast
):
    spare = enrol(cast.outsider, cohort)
    work = handed_in(people[0], assignment)
    for one in people[1:]:
        handed_in(one, assignment)
    late, in_time = work.tasks.all()
    review(in_time)
    handed_in(spare, assignment)

    tend(cohort.pk, KEY, timezone.now() + 8 * DAY)
    assert not tend(cohort.pk, KEY, timezone.now() + 8 * DAY)

    late.refresh_from_db()
    assert (late.state, late.replaced_by.reviewer) == (ReviewTask.State.REPLACED, spare)
    review(late, clear="0", true="0")
    assert Review.objects.filter(task=late).exists()
    assert not work.marks.exists()
    review(late.replaced_by)
    assert work.marks.get().share == Fraction(5, 7)


def test_who_leaves_the_course_is_replaced_by_the_trainer_when_nobody_is_left(
    people, assignment, cohort
):
    work = all_of(people, assignment)[0]

    withdraw(people[1], None)
    tend(cohort.pk, KEY)

    assert why_with_trainer(work) == "few"
    gone = work.tasks.get(reviewer=people[1])
    assert (gone.state, gone.replaced_by) == (
        ReviewTask.State.REPLACED,
        work.tasks.get(reviewer=None),
    )


def test_the_only_one_who_hands_in_is_marked_by_the_trainer_after_the_days(
    people, assignment, cohort
):
    work = handed_in(people[0], assignment)
    assert why_with_trainer(work) is None

    call_command("tend_coursework", verbosity=0)
    assert why_with_trainer(work) is None
    Work.objects.update(handed_in_at=timezone.now() - 8 * DAY)
    call_command("tend_coursework", verbosity=0)

    assert why_with_trainer(work) == "few"


def test_handing_in_twice_is_once_and_it_can_be_taken_back_until_somebody_is_asked(
    people, assignment
):
    work = draft(people[0], assignment, "First words.")
    fact = uuid.uuid4()
    for _twice in range(2):
        hand_in(work, None, fact)
    assert WorkFact.objects.count() == 1
    with pytest.raises(CannotHandIn):
        save_draft(work, "Other words.", "en")
    work.refresh_from_db()
    assert may_take_back(work)
    take_back(work, None)
    save_draft(work, "Better words.", "en")
    # The page that handed it in first is sent once more: it is not handed in by that.
    hand_in(work, None, fact)
    work.refresh_from_db()
    assert work.is_draft
    hand_in(work, None, uuid.uuid4())
    handed_in(people[1], assignment)
    work.refresh_from_db()
    assert not may_take_back(work)
    with pytest.raises(CannotHandIn):
        take_back(work, None)


def test_nothing_and_what_is_late_cannot_be_handed_in(people, assignment, cohort, cast):
    work = draft(people[0], assignment, "")
    assert what_lacks(work) == "Write something or choose a file first."
    save_draft(work, "Words.", "en")
    set_deadline(cohort, KEY, timezone.now() - DAY, cast.trainer)
    with pytest.raises(CannotHandIn, match="Ask your trainer for more time"):
        hand_in(work, None, uuid.uuid4())
    set_deadline(cohort, KEY, timezone.now() + DAY, cast.trainer, enrolment=people[0], reason="Ill")
    hand_in(work, None, uuid.uuid4())
    assert WorkFact.objects.get().what == WorkFact.What.HANDED_IN


def test_until_the_last_day_nobody_is_asked(people, assignment, cohort, cast):
    set_deadline(cohort, KEY, timezone.now() + DAY, cast.trainer)
    works = all_of(people, assignment)

    assert not ReviewTask.objects.exists()
    assert may_take_back(works[0])
    tend(cohort.pk, KEY, timezone.now() + 2 * DAY)
    assert ReviewTask.objects.count() == 6


def test_the_example_comes_first_and_two_misses_halve_the_weight(people, assignment):
    work = all_of(people, assignment)[0]
    task, other = work.tasks.all()
    by = task.reviewer.person.user
    far = {"clear": "3", "true": "0"}
    with pytest.raises(CannotReview):
        give_review(task, far, "", by, uuid.uuid4())
    with pytest.raises(ResponseError):
        calibrate(task.reviewer, work, {"clear": "3"})

    calibrate(task.reviewer, work, {"clear": "1", "true": "4"})
    assert tuning_of(task.reviewer, work.question_version).weight == 1
    for _try in range(3):
        calibrate(other.reviewer, work, {"clear": "3", "true": "4"})
    tries = Calibration.objects.filter(enrolment=other.reviewer)
    assert [one.is_close for one in tries] == [False, False]
    review(other)
    assert other.review.weight == Fraction(1, 2)


def test_a_review_sent_twice_is_stored_once_and_never_changed(people, assignment):
    work = all_of(people, assignment)[0]
    task = work.tasks.first()
    review(task, clear="1")
    review(task, clear="3")

    kept = Review.objects.get()
    assert kept.rating["clear"] == "1"
    kept.comment = "Changed"
    with pytest.raises(FactIsFinal):
        kept.save()


def test_the_trainer_can_ask_somebody_else(people, assignment, cohort, cast):
    work = all_of(people, assignment)[0]
    spare = enrol(cast.outsider, cohort)
    handed_in(spare, assignment)
    task = work.tasks.first()

    replace_reviewer(task)

    task.refresh_from_db()
    assert task.state == ReviewTask.State.REPLACED
    assert work.tasks.filter(reviewer=spare, state=ReviewTask.State.OPEN).exists()


def test_a_file_waits_for_its_scan_and_an_infected_one_is_deleted(
    people, assignment, settings, django_capture_on_commit_callbacks, cohort
):
    for one in people[1:]:
        handed_in(one, assignment)
    settings.VIRUS_SCANNER = "sh -c 'exit 2'"
    with django_capture_on_commit_callbacks(execute=True):
        work = handed_in(people[0], assignment, "", PDF)
    file = HandedFile.objects.get()
    assert file.scan == HandedFile.Scan.FAILED
    assert not work.tasks.exists()

    settings.VIRUS_SCANNER = "true"
    call_command("tend_coursework", verbosity=0)
    file.refresh_from_db()
    assert file.scan == HandedFile.Scan.CLEAN
    assert work.tasks.count() == 2


def test_an_infected_file_is_deleted_and_its_author_is_told(
    people, assignment, settings, django_capture_on_commit_callbacks
):
    settings.VIRUS_SCANNER = "false"
    work = draft(people[0], assignment, "", PDF)
    name = work.kept_file.file.name
    hand_in(work, None, uuid.uuid4())
    assert where_files_lie().exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tend_coursework", verbosity=0)

    work = Work.objects.get()
    assert (work.is_draft, work.kept_file, where_files_lie().exists(name)) == (True, None, False)
    assert WorkFact.objects.last().what == WorkFact.What.FILE_REFUSED
    assert [letter.subject for letter in mail.outbox] == [
        "Your file for “A note on two families” was deleted"
    ]


def test_letters_go_once_a_day_to_reviewers_and_to_who_is_marked(
    people, assignment, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        works = all_of(people, assignment)
        for task in works[0].tasks.all():
            review(task)

    subjects = sorted((letter.subject, letter.to[0]) for letter in mail.outbox)
    course = works[0].course_version.manifest["titles"]["en"]
    assert ("Your work “A note on two families” is marked", "learner@example.org") in subjects
    asked = [to for subject, to in subjects if f"to review in “{course}”" in subject]
    assert sorted(asked) == sorted({*asked})


def test_erasing_takes_text_and_file_and_leaves_the_marks(
    people, assignment, django_capture_on_commit_callbacks
):
    handed_in(people[0], assignment, "My own words.", PDF)
    works = [handed_in(one, assignment, f"Words of {one.pk}.") for one in people[1:]]
    review(works[0].tasks.get(reviewer=people[0]), comment="What I wrote to another.")
    name = HandedFile.objects.get().file.name
    person = people[0].person
    exported = export_person(person)
    assert exported["learning.Work"][0]["text"] == "My own words."
    assert exported["learning.Work"][0]["file_name"] == "Lubna Learner.pdf"
    assert exported["learning.Review"][0]["comment"] == "What I wrote to another."

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person)

    assert Work.objects.get(enrolment=people[0]).text == ""
    assert not HandedFile.objects.exists()
    assert not where_files_lie().exists(name)
    assert Review.objects.get().comment == ""
    assert Review.objects.get().rating == {"clear": "1", "true": "4"}


def test_a_letter_that_no_mail_server_took_is_sent_later(people, assignment):
    all_of(people, assignment)  # nothing is sent before the commit
    NoticeSent.objects.update(claimed_at=timezone.now() - DAY)

    call_command("tend_coursework", verbosity=0)
    call_command("tend_coursework", verbosity=0)

    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "learner@example.org", "peer-1@example.org", "peer-2@example.org",
    ]  # fmt: skip
    assert "/coursework/" in mail.outbox[0].body
