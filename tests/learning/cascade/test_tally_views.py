"""Counting hands: what is typed, replaced, taken back, and never mixed with results by person."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from learning.attempts.models import Sitting
from learning.cascade.closing import report
from learning.cascade.entering import papers_of
from learning.cascade.exporting import record_csv
from learning.cascade.figures import figures_of
from learning.cascade.hands import hands_of
from learning.cascade.models import Event
from learning.cascade.papers import report_pdf
from learning.cascade.tallies import Tally
from learning.cascade.tallying import Counted, choices_of, count_hands, tally_of
from learning.people.facts import FactIsFinal
from modules.questions.options import correct_keys
from tests.cast import sign_in
from tests.learning.cascade.making import add, loaded, make_event, result, there
from tests.learning.certificates.test_printing import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast, tested_course) -> Event:
    return make_event(cast, version=tested_course.course.versions.get(), counting="headcount")


@pytest.fixture
def named(cast, tested_course) -> Event:
    return make_event(cast, version=tested_course.course.versions.get())


@pytest.fixture
def trainer(client, cast) -> Client:
    return sign_in(client, cast.trainer)


def address(event: Event, purpose: str = "pre") -> str:
    return f"/training/{event.uuid}/results/{purpose}/tally/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def letter_of_right(event: Event) -> str:
    single = papers_of(event)["A"][0]
    return "ABCD"[choices_of(single).index(next(iter(correct_keys(single.definition))))]


def numbers(event: Event, right: int, people: int = 20) -> dict[str, object]:
    """Hands for the right option of question 1, the rest for another one; 5 had number 7 right."""
    letter = letter_of_right(event)
    other = "A" if letter != "A" else "B"
    return {
        "form": "A",
        "people": people,
        f"1-{letter}": right,
        f"1-{other}": 3,
        "7-right": 5,
    }


def hands(event: Event, purpose: str, right: int, people: int = 20) -> bool:
    """The same by the rule, without a page."""
    single, *_rest = questions = papers_of(event)["A"]
    key = next(iter(correct_keys(single.definition)))
    counted = Counted(uuid.uuid4(), "A", people, {1: {key: right}})
    return count_hands(event, purpose, counted, questions, None)


def test_hands_are_saved_and_the_page_says_who_raised_none(trainer, event):
    page = text(trainer.post(address(event), numbers(event, 12), follow=True))
    tally = tally_of(event, "pre")

    assert "The count is saved." in page
    assert "No hand: 5 people, by the record" in page
    assert (tally.people, tally.form_label, tally.recorded_by.username) == (20, "A", "trainer")
    assert sorted(tally.counts) == ["1", "7"]
    assert sum(tally.counts["1"].values()) == 15
    assert [item["question"] for item in tally.paper["items"]] == [
        question.item.question for question in papers_of(event)["A"]
    ]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"people": ""}, "This field is required."),
        ({"people": "0"}, "greater than or equal to 1"),
        ({"people": "14"}, "Here 15 hands were raised, and 14 people are in the room."),
        ({"7-right": "21"}, "More hands than the 20 people in the room."),
        ({"7-right": "five"}, "Write a whole number."),
        ({"7-right": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_is_not_saved_and_nothing_typed_is_lost(trainer, event, wrong, says):
    response = trainer.post(address(event), numbers(event, 12) | wrong)

    assert response.status_code == 400
    assert says in text(response)
    assert 'value="12"' in text(response)
    assert not Tally.objects.exists()


def test_empty_page_counts_no_question(trainer, event):
    response = trainer.post(address(event), {"form": "A", "people": "20"})

    assert "Count at least one question." in text(response)
    assert not Tally.objects.exists()


def test_page_sent_twice_stores_once_and_a_correction_names_what_it_replaces(trainer, event):
    sent = numbers(event, 12) | {"id": str(uuid.uuid4())}
    trainer.post(address(event), sent)
    trainer.post(address(event), sent)
    first = Tally.objects.get()
    corrected = numbers(event, 13) | {"seen": str(first.pk)}
    trainer.post(address(event), corrected)

    newer = tally_of(event, "pre")
    assert newer.corrects == first
    assert hands_of(event).before.questions[0].right == 13
    assert "Nothing was changed." in text(trainer.post(address(event), corrected, follow=True))
    assert Tally.objects.count() == 2


def test_second_of_two_who_count_sees_the_others_numbers_and_may_insist(trainer, event):
    seen = trainer.get(address(event)).context["seen"]
    hands(event, "pre", 12)

    response = trainer.post(address(event), numbers(event, 11) | {"seen": seen})
    assert "Somebody else saved another count meanwhile." in text(response)
    assert "theirs: 12" in text(response)
    assert hands_of(event).before.questions[0].right == 12

    again = numbers(event, 11) | {"seen": response.context["seen"]}
    trainer.post(address(event), again)
    assert hands_of(event).before.questions[0].right == 11


def test_count_is_taken_back_for_a_reason_and_kept(trainer, event):
    hands(event, "pre", 12)
    back = f"{address(event)}take-back/"
    assert "This field is required." in text(trainer.post(back, {"reason": ""}))

    trainer.post(back, {"reason": "Counted in another room"})
    assert not hands_of(event)
    assert Tally.objects.count() == 2
    assert "There is no count to take back." in text(trainer.post(back, {}, follow=True))
    assert hands(event, "pre", 9) is True


def test_database_keeps_facts_whole(event):
    hands(event, "pre", 12)
    tally = Tally.objects.get()
    with pytest.raises(FactIsFinal):
        tally.save()
    same = {"event": event, "form_label": "A", "paper": {}, "counts": {}}
    for wrong in (
        {"purpose": "practice", "people": 1},
        {"purpose": "pre", "people": 0},
        {"purpose": "pre", "people": 1, "what": "taken_back", "reason": "No"},
        {"purpose": "pre", "people": 1, "what": "taken_back", "corrects": tally},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tally.objects.create(**same, **wrong)


def test_form_is_asked_as_it_was_counted_though_it_changed_since(trainer, event, tested_course):
    hands(event, "pre", 12)
    paper = Tally.objects.get().paper
    trainer.post(address(event), numbers(event, 13) | {"seen": str(Tally.objects.get().pk)})

    assert tally_of(event, "pre").paper == paper
    assert 'name="form" value="A"' in text(trainer.get(address(event)))
    other = trainer.get(address(event), {"form": "B"})
    assert "The count in the record is of form A." in text(other)
    assert other.context["form"]["people"].value() is None


def test_closed_record_shows_hands_without_fields(trainer, event, cast):
    hands(event, "post", 12)
    event.headcounts.create(sex="female", constituency="worker", n=20)
    report(event, cast.trainer)
    page = text(trainer.get(address(event, "post")))

    assert "<b>12</b>" in page
    assert 'inputmode="numeric"' not in page
    late = trainer.post(address(event, "post"), numbers(event, 13))
    assert "was sent for verification" in text(late)
    assert Tally.objects.count() == 1


def test_figures_tell_of_the_room_and_claim_nothing_of_chance(trainer, event):
    assert "No hands were counted yet" in text(trainer.get(f"/training/{event.uuid}/figures/"))
    hands(event, "pre", 6)
    hands(event, "post", 15, people=30)
    page = text(trainer.get(f"/training/{event.uuid}/figures/"))

    assert "Whole group, not matched" in page
    assert "6 of 20" in page
    assert "15 of 30" in page
    assert "+20" in page.replace("\u2066", "").replace("\u2069", "")
    assert "without any statement about chance" in page
    assert "95 per cent" not in page
    words = text_of(report_pdf(loaded(event), "en", ""))
    assert "Pre-test: 30 per cent of the marks, 20 people, form A." in words
    assert "Post-test: 50 per cent of the marks, 30 people, form A." in words


def test_hands_are_joined_to_nobody(trainer, named):
    for name, before in (("Aamir", 8), ("Bano", 6)):
        one = add(named, name)
        result(one, "pre", before)
        result(one, "post", 16)
    there(named)
    known, table = figures_of(named), record_csv(named)
    hands(named, "pre", 20)
    hands(named, "post", 1)

    assert figures_of(loaded(named)) == known
    assert record_csv(loaded(named)) == table
    assert Sitting.objects.count() == 4
    page = text(trainer.get(f"/training/{named.uuid}/figures/"))
    assert "(2 as totals only)" in page
    assert "They are in none of the figures about persons" in page
    results = text(trainer.get(f"/training/{named.uuid}/results/pre/"))
    assert "A show of hands of 20 people is recorded for this test." in results


def test_table_of_hands_names_its_grain_and_no_key(trainer, event):
    trainer.post(address(event), numbers(event, 12))
    response = trainer.get(f"/training/{event.uuid}/hands.csv")
    rows = [line.split(",") for line in response.content.decode().split() if "pre," in line]

    first = papers_of(event)["A"][0].item
    assert "hands-2026-03-02" in response["Content-Disposition"]
    assert {row[1] for row in rows} == {"tally"}
    assert [
        "pre",
        "tally",
        "A",
        "20",
        "1",
        f"{first.question}.{first.n}",
        letter_of_right(event),
    ] in [row[:7] for row in rows]
    assert rows[-1][-2:] == ["right", "5"]


def test_tests_of_a_room_without_names_lead_to_its_hands(trainer, event):
    leads = f"/training/{event.uuid}/results/"
    assert trainer.get(leads)["Location"] == address(event)
    hands(event, "pre", 12)
    assert trainer.get(leads)["Location"] == address(event, "post")
    assert trainer.get(address(event, "practice")).status_code == 404


@pytest.mark.parametrize("who", ["learner", "outsider", "organisation_admin", "viewer"])
def test_others_count_nothing(client, cast, event, who):
    sign_in(client, getattr(cast, who))

    for path in (
        address(event),
        f"{address(event)}take-back/",
        f"/training/{event.uuid}/hands.csv",
    ):
        assert client.get(path).status_code == 404
    assert client.post(address(event), {"people": 1}).status_code == 404


@pytest.mark.parametrize("tests", [["pre"], ["pre", "post"]])
def test_queries_of_hands(event, tests, django_assert_num_queries):
    for purpose in tests:
        hands(event, purpose, 12)

    with django_assert_num_queries(2):
        hands_of(event)
