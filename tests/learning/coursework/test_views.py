"""The pages: what each says, what is checked, what nobody else sees, and what they cost."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.coursework.models import Decision, HandedFile, Review, ReviewTask, Work
from learning.enrolment.enrolling import withdraw
from tests.cast import sign_in
from tests.learning.coursework.making import (
    EXAMPLE,
    KEY,
    PDF,
    draft,
    handed_in,
    review,
    tasks_for,
)

pytestmark = pytest.mark.django_db

RATING = {"criterion-clear": "1", "criterion-true": "4"}


def words(answer) -> str:
    return " ".join(answer.text.split())


def at(name: str, *args) -> str:
    return reverse(name, args=args)


@pytest.fixture
def learner(client, cast, people):
    return sign_in(client, cast.learner)


def page_of(enrolment) -> str:
    return at("coursework", enrolment.uuid, KEY)


def test_from_the_draft_to_handing_in(learner, people, assignment):
    page = words(learner.get(page_of(people[0])))
    assert "2 others on this course mark your work" in page
    assert "Do not write your name" in page
    assert not Work.objects.exists()

    sent = {"text": " Both families.\r\n", "next": "1", "file": SimpleUploadedFile("a.pdf", PDF)}
    answer = learner.post(page_of(people[0]), sent)
    assert answer.url == at("coursework_hand_in", people[0].uuid, KEY)
    preview = words(learner.get(answer.url))
    assert "Both families." in preview
    assert "a.pdf" in preview

    learner.post(answer.url, {"fact": "not an id"})
    work = Work.objects.get()
    assert (work.text, work.kept_file.name, work.is_draft) == (
        "Both families.",
        "a.pdf",
        False,
    )
    assert "Take it back" in words(learner.get(page_of(people[0])))
    learner.post(at("coursework_take_back", people[0].uuid, KEY))
    learner.post(page_of(people[0]), {"text": "Both families.", "drop": "on"})
    assert Work.objects.get().is_draft
    assert not HandedFile.objects.exists()


def test_a_file_that_is_refused_loses_no_text(learner, people):
    sent = {"text": "Words.", "file": SimpleUploadedFile("a.pdf", b"MZ")}

    page = words(learner.post(page_of(people[0]), sent))

    assert "something else inside" in page
    assert "Words." in page
    assert not Work.objects.exists()


def test_an_empty_draft_is_not_handed_in(learner, people, assignment):
    draft(people[0], assignment)
    hand_in = at("coursework_hand_in", people[0].uuid, KEY)

    assert "Write something or choose a file first." in words(learner.get(hand_in))
    learner.post(hand_in)
    assert Work.objects.get().is_draft


def test_the_reviewer_meets_the_example_then_the_work_without_a_name(learner, people, assignment):
    for one in people:
        handed_in(one, assignment, f"Words of {one.person.pk}.", PDF)
    task = tasks_for(people[0])[0]
    review_page = at("coursework_review", task.uuid)
    listed = words(learner.get(at("coursework_reviews", people[0].uuid, KEY)))
    assert "First you rate an example" in listed
    example = at("coursework_example", people[0].uuid, KEY)
    assert learner.get(review_page).url == example
    before = words(learner.get(example))
    assert "Members pay." in before
    assert "Why clear." not in before  # neither rating nor reasons before she has tried

    learner.post(example, RATING | {"criterion-clear": "3"})
    missed = words(learner.get(example))
    assert "more than one level apart" in missed
    assert "Why clear." in missed
    learner.post(example, {f"criterion-{key}": points for key, points in EXAMPLE.items()})
    assert "You measure like the authors" in words(learner.get(example))

    page = words(learner.get(review_page))
    assert f"Words of {task.work.enrolment.person.pk}." in page
    for hidden in ("Peer Number", ".pdf", "Model"):
        assert hidden not in page
    assert "Choose a level in each criterion" in words(learner.post(review_page, RATING))
    assert not Review.objects.exists()
    answer = learner.post(review_page, RATING | {"comment": "Say who pays."})
    assert answer.url == at("coursework_reviews", people[0].uuid, KEY)
    assert Review.objects.get().comment == "Say who pays."
    again = learner.get(review_page, follow=True)
    assert "You have reviewed this work." in words(again)
    assert "counts" in words(again)


def test_the_author_reads_reviews_without_names_once_it_is_marked(learner, people, assignment):
    works = [handed_in(one, assignment) for one in people]
    first, second = ReviewTask.objects.filter(work=works[0])
    review(first, comment="Say more.")
    assert "Say more." not in words(learner.get(page_of(people[0])))
    review(second, clear="3", comment="Say less.")

    page = words(learner.get(page_of(people[0])))

    assert "85 per cent" in page
    assert "2 of 3" in page
    assert "Say more." in page
    assert "Peer Number" not in page


def test_a_file_is_saved_and_never_shown(learner, people, assignment):
    for one in people:
        handed_in(one, assignment, "", PDF)
    task = tasks_for(people[0])[0]

    answer = learner.get(at("coursework_file", task.work.file.uuid))

    assert b"".join(answer.streaming_content) == PDF
    headers = answer.headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith('attachment; filename="coursework-')
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    own = learner.get(at("coursework_file", people[0].works.get().file.uuid))
    assert 'filename="Lubna Learner.pdf"' in own.headers["Content-Disposition"]


@pytest.mark.parametrize("scan", ["waiting", "failed"])
def test_nobody_else_opens_a_file_before_its_scan(learner, cast, people, assignment, scan):
    for one in people:
        handed_in(one, assignment, "", PDF)
    work = tasks_for(people[0])[0].work
    address = at("coursework_file", work.file.uuid)
    HandedFile.objects.filter(work=work).update(scan=scan)

    assert learner.get(address).status_code == 404
    sign_in(learner, work.enrolment.person.user)
    assert learner.get(address).status_code == 200
    sign_in(learner, cast.trainer)
    # A trainer has to be able to go on where the scanner never answers; the page warns her.
    assert learner.get(address).status_code == (200 if scan == "failed" else 404)


def test_the_trainer_decides_what_reviews_could_not(client, cast, people, assignment):
    work = [handed_in(one, assignment) for one in people][0]  # noqa: RUF015 (all of them)
    for task, clear in zip(work.tasks.all(), ("0", "3"), strict=True):
        review(task, clear=clear)
    sign_in(client, cast.trainer)
    assert "1 waits for you" in words(client.get(at("coursework_desk")))
    listed = words(client.get(at("coursework_round", people[0].cohort.uuid, KEY)))
    assert "the reviews are far apart" in listed
    page = at("coursework_work", work.uuid)
    assert "far apart" in words(client.get(page))

    refused = client.post(page, RATING | {"comment": "Fine."})
    assert "Choose a level in each criterion" in words(refused)
    client.post(page, RATING | {"comment": "Fine.", "reason": "In between."})

    assert Decision.objects.get().reason == "In between."
    assert "71 per cent" in words(client.get(page))
    table = client.get(at("coursework_csv", people[0].cohort.uuid, KEY)).content.decode("utf-8-sig")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(table))}
    assert rows["Lubna Learner"]["share_percent"] == "71"
    assert rows["Lubna Learner"]["decided_by_trainer"] == "yes"
    assert rows["Peer Number 1"]["state"] == "waiting"


def test_the_trainer_gives_time(client, cast, people, assignment):
    sign_in(client, cast.trainer)
    cohort = people[0].cohort

    client.post(at("coursework_time", cohort.uuid, KEY), {"day": "2020-01-31"})
    client.post(
        at("coursework_own_time", cohort.uuid, KEY, people[0].uuid),
        {"day": "2099-01-31", "reason": "Ill"},
    )

    page = words(client.get(at("coursework_round", cohort.uuid, KEY)))
    assert "Handed in until 31 January 2020" in page
    assert "Lubna Learner has until 31 January 2099" in page
    assert "Nothing is handed in yet" in page
    assert page.count("Give more time") == 3


def test_it_stands_on_the_course_and_in_my_learning(learner, people, assignment):
    assert "Not begun" in words(learner.get(at("my_learning")))
    for one in people:
        handed_in(one, assignment)

    page = words(learner.get(at("my_learning")))

    assert "A note on two families" in page
    assert "2 works to review, the first until" in page


def test_whoever_left_hands_in_nothing(learner, cast, people, assignment):
    draft(people[0], assignment, "Words.")
    withdraw(people[0], None)

    learner.post(at("coursework_hand_in", people[0].uuid, KEY))

    assert Work.objects.get().is_draft
    assert "You have left this course" in words(learner.get(page_of(people[0])))


# With two works and with three: what each page asks does not grow with them.
COSTS = {"desk": 6, "round": 17, "own": 16, "reviews": 16, "work": 15}


@pytest.mark.parametrize("works", [2, 3])
def test_pages_cost_the_same_for_few_and_for_many(client, cast, people, assignment, works):
    handed = [handed_in(one, assignment) for one in people[:works]]
    cohort = people[0].cohort
    pages = {
        cast.trainer: {
            "desk": at("coursework_desk"),
            "round": at("coursework_round", cohort.uuid, KEY),
            "work": at("coursework_work", handed[1].uuid),
        },
        cast.learner: {
            "own": page_of(people[0]),
            "reviews": at("coursework_reviews", people[0].uuid, KEY),
        },
    }
    costs = {}
    for user, addresses in pages.items():
        sign_in(client, user)
        client.get(at("my_learning"))
        for name, address in addresses.items():
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            costs[name] = len(asked)

    assert costs == COSTS
