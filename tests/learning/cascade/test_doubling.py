"""Slips typed a second time: who is asked, blindness, differences, decisions, rates, pages."""

import re
import uuid

import pytest

from learning.attempts.keying import typed_lines
from learning.attempts.models import Answer, Sitting
from learning.attempts.results import results_of
from learning.cascade.closing import report
from learning.cascade.doubling import doublings_of
from learning.cascade.models import Facilitation
from learning.cascade.overview import steps_of
from learning.cascade.papers import report_pdf
from learning.cascade.second_entries import SecondEntry
from learning.people.models import Role
from learning.people.roles import grant_role
from learning.privacy.erasing import erase_person
from tests.cast import make_user, sign_in
from tests.learning.cascade.making import add, loaded, make_event, there
from tests.learning.cascade.test_papers import text_of

pytestmark = pytest.mark.django_db

HALF = "---- 1111"
LETTERS = "ABAA 1111"


@pytest.fixture
def event(cast, tested_course):
    return make_event(cast, version=tested_course.course.versions.get())


@pytest.fixture
def trainer(client, cast, event):
    return sign_in(client, cast.trainer)


@pytest.fixture
def helper(cast, event):
    """Somebody else of the team."""
    user = make_user("helper", "Hina Helper", cast.punjab)
    grant_role(user, Role.TRAINER, cast.programme)
    Facilitation.objects.create(event=event, person=user.person, role="co")
    return user


def results(event) -> str:
    return f"/training/{event.uuid}/results/pre/"


def second(event) -> str:
    return f"{results(event)}second/"


def line(enrolment, text, label="A", **more) -> dict:
    return {f"{enrolment.uuid}-line": text, f"{enrolment.uuid}-form": label} | more


def json(client, address, enrolment, text, label="A", **more):
    more.setdefault(f"{enrolment.uuid}-id", str(uuid.uuid4()))
    data = line(enrolment, text, label, **more)
    return client.post(address, data, headers={"accept": "application/json"})


def typed(client, event, *people, text=LETTERS, **more):
    for one in people:
        assert json(client, results(event), one, text, **more).status_code == 200


def people(event, *names):
    return [add(event, name) for name in names]


def doubling(event):
    return doublings_of(loaded(event))["pre"]


def names(slips) -> list[str]:
    return [str(slip.enrolment.person) for slip in slips]


def in_force(enrolment) -> str:
    sitting = Sitting.objects.get(enrolment=enrolment)
    return typed_lines([sitting])[sitting.pk]


def decide(client, event, enrolment, **chosen):
    """Opens the page of differences, and sends what was chosen there."""
    address = f"{second(event)}{enrolment.uuid}/"
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(seen|id|form|full)" value="([^"]*)"', page))
    return client.post(address, hidden | chosen, follow=True), page


# --- typing -------------------------------------------------------------------------------------


def test_what_was_typed_first_is_not_shown(trainer, event):
    (aamir,) = people(event, "Aamir")
    typed(trainer, event, aamir)

    page = trainer.get(second(event)).content.decode()

    assert f'name="{aamir.uuid}-line"' in page
    assert not re.search(r"ABAA|4 of 8|AB-A", page.replace("ABCDD", ""))


def test_the_same_line_is_verified_and_changes_nothing(trainer, event):
    (aamir,) = people(event, "Aamir")
    typed(trainer, event, aamir)
    once = {f"{aamir.uuid}-id": str(uuid.uuid4())}

    answers = [json(trainer, second(event), aamir, "aba(a)1111", **once) for _n in range(2)]

    assert [one.json()["words"] for one in answers] == ["typed twice, the same"] * 2
    assert Answer.objects.count() == 8
    entry = SecondEntry.objects.get()
    assert (entry.compared, entry.differing, entry.by_first) == (8, 0, True)
    page = trainer.get(second(event)).content.decode()
    assert "by the same person: the team has nobody else" in page
    assert (
        "Of 8 answers typed twice 0 differed: 0.0 per cent (95 per cent interval 0.0 to 32.4)."
        in page
    )


def test_somebody_else_types_where_the_team_has_somebody(trainer, client, event, helper):
    (aamir,) = people(event, "Aamir")
    typed(trainer, event, aamir)

    refused = json(trainer, second(event), aamir, LETTERS)
    assert "you typed this slip first" in refused.json()["error"]
    assert "You typed this slip first" in trainer.get(second(event)).content.decode()

    assert json(sign_in(client, helper), second(event), aamir, LETTERS).status_code == 200
    assert SecondEntry.objects.get().by_first is False


def test_nobody_types_until_it_agrees(trainer, event):
    (aamir,) = people(event, "Aamir")
    typed(trainer, event, aamir)
    json(trainer, second(event), aamir, "BBAA 1111")

    refused = json(trainer, second(event), aamir, LETTERS)

    assert "was typed a second time already" in refused.json()["error"]
    assert SecondEntry.objects.count() == 1


def test_only_slips_that_are_due(trainer, event):
    everybody = people(event, *"ABCDE")
    typed(trainer, event, *everybody)
    due = {slip.enrolment for slip in doubling(event).due}
    other = next(one for one in everybody if one not in due)

    assert len(due) == 3
    refused = json(trainer, second(event), other, LETTERS)
    assert "is not to be typed a second time" in refused.json()["error"]
    nothing = json(trainer, second(event), next(iter(due)), "ABA")
    assert "this line has 3 answers" in nothing.json()["error"]


def test_without_scripts_rows_left_empty_wait(trainer, event):
    aamir, bano, chand = people(event, "Aamir", "Bano", "Chand")
    typed(trainer, event, aamir, bano, chand)
    data = line(aamir, LETTERS) | line(bano, "?") | line(chand, "")

    response = trainer.post(second(event), data)
    page = response.content.decode()

    assert response.status_code == 400
    assert "1 slip was typed a second time." in page
    assert "1 row was not saved" in page
    assert names(doubling(event).due) == ["Bano", "Chand"]


def test_totals_are_typed_twice_as_well(trainer, event):
    (aamir,) = people(event, "Aamir")
    typed(trainer, event, aamir, text="11.5", grain="total", full=20)

    answer = json(trainer, second(event), aamir, "11½", full=20).json()

    assert answer["words"] == "typed twice, the same"
    assert doubling(event).rates["total"].compared == 1


@pytest.mark.parametrize(("per_cent", "due"), [(0, 0), (10, 3), (100, 5)])
def test_the_programme_says_how_many(cast, trainer, event, per_cent, due):
    cast.programme.settings = {"double_entry": per_cent}
    cast.programme.save()
    typed(trainer, event, *people(event, *"ABCDE"))

    assert len(doubling(event).due) == due
    says = "The programme does not ask for it." in trainer.get(second(event)).content.decode()
    assert says == (per_cent == 0)


def test_many_differences_ask_for_all_slips(trainer, event):
    everybody = people(event, *"ABCDE")
    typed(trainer, event, *everybody)
    first, *others = doubling(event).due
    json(trainer, second(event), first.enrolment, "BBAA 1111")
    assert not doubling(event).needs_all  # as long as the sample is not complete

    for slip in others:
        json(trainer, second(event), slip.enrolment, LETTERS)

    assert len(doubling(event).due) == 2
    page = trainer.get(results(event)).content.decode()
    assert "More than 2 per cent differed." in page
    assert "Of 24 answers typed twice 1 differed: 4.2 per cent" in page


# --- deciding -----------------------------------------------------------------------------------


@pytest.fixture
def aamir(trainer, event):
    """Typed in two ways: question 1 B instead of A, question 5 half instead of right."""
    (aamir,) = people(event, "Aamir")
    typed(trainer, event, aamir)
    answer = json(trainer, second(event), aamir, "BBAA 5111").json()
    assert answer["words"] == "typed twice, 2 answers differ"
    return aamir


def test_each_difference_is_decided_by_itself(trainer, event, aamir):
    before = results_of(aamir)[0].mark.got
    page, shown = decide(
        trainer, event, aamir, q1="second", q5="other", **{"q5-other": "0", "q1-other": ""}
    )

    assert shown.count("<legend>Question ") == 2
    assert "what the slip says counts now" in page.content.decode()
    assert in_force(aamir) == "BBAA0 111"
    assert results_of(aamir)[0].mark.got == before - 1  # 0 in the place of right
    assert Answer.objects.count() == 16  # what was typed first is kept
    typed_twice, decided = SecondEntry.objects.all()
    assert (decided.corrects, decided.line, decided.differing) == (typed_twice, "BBAA0 111", 2)
    assert (doubling(event).differing, doubling(event).due) == ([], [])
    assert doubling(event).rates["item"].differing == 2  # how well it was typed stays known


def test_the_first_reading_may_be_right(trainer, event, aamir):
    decide(trainer, event, aamir, q1="first", q5="first")

    assert (in_force(aamir), Answer.objects.count()) == ("ABAA1 111", 8)
    assert doubling(event).differing == []


def test_every_difference_needs_a_choice_that_can_be(trainer, event, aamir):
    page, _shown = decide(trainer, event, aamir, q1="second")
    assert "Choose what the slip says." in page.content.decode()
    page, _shown = decide(trainer, event, aamir, q1="other", q5="first")
    assert "Type what the slip says." in page.content.decode()
    page, _shown = decide(trainer, event, aamir, q1="other", q5="first", **{"q1-other": "Z"})
    assert "question 1: a letter from A to D" in page.content.decode()

    assert SecondEntry.objects.count() == 1
    assert names(doubling(event).differing) == ["Aamir"]


def test_a_decision_about_lines_of_yesterday_is_refused(trainer, event, aamir):
    address = f"{second(event)}{aamir.uuid}/"
    shown = trainer.get(address).content.decode()
    hidden = dict(re.findall(r'name="(seen|id)" value="([^"]*)"', shown))
    typed(trainer, event, aamir, text="CBAA 1111")

    page = trainer.post(address, hidden | {"q1": "second", "q5": "first"}, follow=True)

    assert "somebody typed or decided meanwhile. Nothing was changed." in page.content.decode()
    assert in_force(aamir) == "CBAA1 111"


def test_who_types_anew_after_a_decision_is_asked_again(trainer, event, aamir):
    decide(trainer, event, aamir, q1="second", q5="second")
    typed(trainer, event, aamir, text="CBAA 5111")

    assert names(doubling(event).differing) == ["Aamir"]
    _page, shown = decide(trainer, event, aamir, q1="second")
    assert "What was decided before:" in shown
    assert in_force(aamir) == "BBAA5 111"


def test_another_form_is_decided_as_a_whole(trainer, event):
    (bano,) = people(event, "Bano")
    typed(trainer, event, bano)
    json(trainer, second(event), bano, LETTERS, "B")
    assert doubling(event).rates["item"].differing == 8

    decide(trainer, event, bano, q0="second")

    assert Sitting.objects.get().form_label == "B"
    assert doubling(event).differing == []


def test_a_total_is_decided_as_a_whole(trainer, event):
    (bano,) = people(event, "Bano")
    typed(trainer, event, bano, text="11", grain="total", full=20)
    json(trainer, second(event), bano, "12", full=20)

    decide(trainer, event, bano, q0="other", **{"q0-other": "12½"})

    assert [(r.mark.got, r.mark.full) for r in results_of(bano)] == [(12.5, 20)]
    assert doubling(event).differing == []


def test_closed_record_is_read_only(trainer, cast, event, aamir):
    there(event)
    report(event, cast.trainer)

    page = trainer.get(second(event)).content.decode()
    assert f"{aamir.uuid}/" not in page
    page, _shown = decide(trainer, event, aamir, q1="second", q5="second")
    assert "was sent for verification" in page.content.decode()
    assert in_force(aamir) == "ABAA1 111"


# --- where it is told ---------------------------------------------------------------------------


def test_verifying_and_the_report_tell_of_it(trainer, cast, event, aamir):
    step = next(s for s in steps_of(loaded(event)) if s.label == "Pre-test typed a second time")
    assert (step.state, step.words) == ("half", "1 of 1 slips, 1 to decide")

    words = text_of(report_pdf(loaded(event), "en", ""))
    assert "Of 1 slip 1 was typed twice. Of 8 answers typed twice 2 differed: 25.0 per" in words
    assert "1 slip is still to be typed again or decided." in words


def test_erasing_leaves_how_well_it_was_typed(trainer, event, aamir):
    erase_person(aamir.person)

    entry = SecondEntry.objects.get()
    assert (entry.line, entry.differing, entry.compared) == ("", 2, 8)
    assert doubling(event).differing == []


def test_queries_do_not_grow_with_people(trainer, event, django_assert_num_queries):
    """Sittings and their entries; papers, answers, marks of what was typed twice."""
    for n in (1, 2):
        more = people(event, f"A{n}", f"B{n}")
        typed(trainer, event, *more)
        for one in more:
            json(trainer, second(event), one, LETTERS)
        there(event)
        found = loaded(event)
        with django_assert_num_queries(5):
            doublings_of(found)


# --- totals at once -----------------------------------------------------------------------------


def test_the_room_is_told_with_every_line(trainer, event):
    aamir, bano = people(event, "Aamir", "Bano")
    first = json(trainer, results(event), aamir, HALF).json()
    assert first["room"] == "1 result: 50.0 per cent of the marks"

    other = json(trainer, results(event), bano, "---- 0000").json()
    words = "2 results: on average 25.0 per cent of the marks, from 0.0 to 50.0"
    assert other["room"] == words
    again = json(trainer, results(event), aamir, "---- 1100").json()
    assert again["room"].startswith("2 results: on average 12.5 per cent")

    page = trainer.get(results(event)).content.decode()
    assert "on average 12.5 per cent of the marks, from 0.0 to 25.0" in page
    assert 'data-questions="A:8 B:8 "' in page
