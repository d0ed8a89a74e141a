"""Marking again on its pages: seen before it is done, decided with a reason, kept for good."""

import re
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from learning.attempts.models import ScoringRun, Sitting
from learning.attempts.regrades import Regrading
from learning.attempts.regrading import done_by, go_on
from learning.attempts.results import result_of
from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.consequences import not_earned_any_more
from learning.certificates.issuing import issue_due
from learning.certificates.keys import seed_of
from learning.certificates.models import Certificate, Issuer
from learning.certificates.revoking import revoke
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.people.models import Person, Programme
from learning.progress.recording import mark_done
from modules.papers.models import Purpose
from modules.questions.models import Question
from modules.reference.cells import from_csv
from tests.cast import Cast, make_user, sign_in
from tests.learning.attempts.sitting import (
    LESSON_MINUTES,
    answer,
    make_tested_course,
    position_of,
)
from tests.modules.questions.making import make
from tests.modules.questions.samples import OPTIONS

pytestmark = pytest.mark.django_db

KEY = "tested-a-single"
PAGE = f"/training/marking/regrades/{KEY}/"
MENDED = {"versions": "1", "decision": "now", "programme": "test-programme"}
REASON = "Option a is right, as the law says since July."


@pytest.fixture(autouse=True)
def _signing_key(settings):
    settings.SIGNING_KEY = seed_of("the key of marking again")
    settings.FORMER_PUBLIC_KEYS = []


@pytest.fixture(scope="module")
def whole(made_once) -> Cast:
    """Two post-tests on form A: the one had the key's answer and passed, the other did not."""
    cast = Cast()
    page = make_tested_course(kinds=("single", "truefalse"))
    version = page.course.versions.get()
    cohort = Cohort.objects.create(programme=cast.programme, course_version=version)
    Issuer.objects.create(programme=cast.programme, organisation=cast.institution, code="PK-AGAIN")
    for name, given in (("Winning Wali", "b"), ("Losing Laila", "a")):
        person = make_user(name.split()[0].lower(), name, cast.punjab).person
        sat(cohort, person, given)
    mend()
    return cast


@pytest.fixture
def cast(db, whole) -> Cast:
    found = Cast()
    vars(found)["programme"] = whole.programme
    vars(found)["institution"] = whole.institution
    return found


def sat(cohort: Cohort, person: Person, given: str) -> Sitting:
    enrolment = Enrolment.objects.create(cohort=cohort, person=person, first_form="B")
    EnrolmentFact.objects.create(enrolment=enrolment, what=EnrolmentFact.What.STARTED)
    for lesson in LESSON_MINUTES:
        mark_done(enrolment, lesson, None)
    sitting = start(enrolment, Purpose.POST)
    save_answer(sitting, answer(sitting, position_of(sitting, "single"), given))
    save_answer(sitting, answer(sitting, position_of(sitting, "truefalse"), "false"))
    return hand_in(sitting, None)


def mend() -> None:
    Question.objects.filter(key=KEY).delete()
    options = [option | {"correct": option["key"] == "a"} for option in OPTIONS]
    make(KEY, "single", use="test", options=options)


def sitting_of(name: str) -> Sitting:
    return Sitting.objects.get(enrolment__person__names__Latn=name)


def shown(client, **changes) -> str:
    response = client.get(f"{PAGE}?{urlencode(MENDED | changes)}")
    assert response.status_code == 200
    return response.content.decode()


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page)[1]


def decide(client, page: str = "", **changes):
    """Sends the form that the page shows."""
    page = page or shown(client)
    sent = {"reason": REASON, "key": hidden(page, "key"), "digest": hidden(page, "digest")}
    return client.post(f"{PAGE}?{urlencode(MENDED)}", sent | changes, follow=True)


def test_the_page_asks_what_to_decide(client, cast):
    sign_in(client, cast.programme_admin)
    page = client.get(PAGE).content.decode()

    assert "tested-a-single.1: 2 tests" in page
    assert "by the question as it is now" in page
    assert "What would change" not in page


def test_what_would_change_is_shown_and_nothing_does(client, cast):
    sign_in(client, cast.programme_admin)
    page = shown(client)

    assert "2 tests are marked again." in page
    assert "The marks of 2 of them change." in page
    assert "1 test passes that did not." in page
    assert "1 test does not pass any more." in page
    assert page.index("Losing Laila") < page.index("Winning Wali")
    assert "1 of 2" in page
    assert "2 of 2" in page
    assert (Regrading.objects.count(), ScoringRun.objects.count()) == (0, 2)


def test_the_decision_marks_again_and_leaves_a_report(client, cast):
    sign_in(client, cast.programme_admin)
    response = decide(client)
    made = Regrading.objects.get()
    page = response.content.decode()

    assert response.redirect_chain[-1][0] == f"/training/marking/regraded/{made.uuid}/"
    assert "2 tests were marked again." in page
    assert REASON in page
    assert "Parveen Programme" in page
    assert (made.by, made.programme) == (cast.programme_admin, cast.programme)
    assert result_of(sitting_of("Winning Wali")).mark.got == 1
    assert result_of(sitting_of("Losing Laila")).mark.got == 2


def test_the_file_has_every_sitting_and_the_decision(client, cast):
    sign_in(client, cast.programme_admin)
    decide(client)
    made = Regrading.objects.get()
    rows = list(
        from_csv(client.get(f"/training/marking/regraded/{made.uuid}/?file=csv").content.decode())
    )

    assert [[row[0], *row[4:]] for row in rows[1:3]] == [
        ["Losing Laila", "1", "2", "2", "2", "1"],
        ["Winning Wali", "2", "2", "1", "2", "-1"],
    ]
    assert ["Reason", REASON] in rows
    assert ["Decided by", "Parveen Programme"] in rows


def test_sent_twice_it_is_decided_once(client, cast):
    sign_in(client, cast.programme_admin)
    page = shown(client)
    decide(client, page)
    decide(client, page)

    assert (Regrading.objects.count(), ScoringRun.objects.count()) == (1, 4)


def test_without_a_reason_nothing_is_decided(client, cast):
    sign_in(client, cast.programme_admin)
    response = decide(client, reason=" ")

    assert response.status_code == 400
    assert "Nothing was decided." in response.content.decode()
    assert not Regrading.objects.exists()


def test_other_numbers_than_were_shown_are_shown_once_more(client, cast):
    sign_in(client, cast.programme_admin)
    response = decide(client, digest="0" * 64)
    page = response.content.decode()

    assert "Something changed since this page was opened" in page
    assert REASON in page  # what was typed is kept
    assert not Regrading.objects.exists()


def test_other_parts_are_refused_in_words(client, cast):
    Question.objects.filter(key=KEY).delete()
    make(KEY, "truefalse", use="test")
    sign_in(client, cast.programme_admin)
    response = client.get(f"{PAGE}?{urlencode(MENDED)}")

    assert response.status_code == 400
    assert "Nothing was changed." in response.content.decode()
    assert "do not have the same kind and the same parts" in response.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"versions": "9"}, {"decision": "8"}, {"programme": "none"}, {"programme": ""}]
)
def test_what_is_not_listed_is_refused(client, cast, wrong):
    sign_in(client, cast.programme_admin)
    page = client.get(f"{PAGE}?{urlencode(MENDED | wrong)}").content.decode()

    assert "Nothing is shown." in page
    assert "What would change" not in page


# --- certificates --------------------------------------------------------------------------------


@pytest.fixture
def issued(cast) -> Certificate:
    return issue_due(sitting_of("Winning Wali").enrolment)


def test_nothing_issued_is_touched_and_who_lost_it_is_listed(client, cast, issued):
    sign_in(client, cast.programme_admin)
    page = shown(client)
    assert "1 certificate may rest on marks" in page
    report = decide(client, page).content.decode()

    assert "Certificates to decide on" in report
    assert f"/certificates/{issued.token}/revoke/" in report
    assert "earned now: Certificate of Attendance" in report
    assert issued.happenings.count() == 0


def test_a_certificate_that_was_revoked_is_not_listed_any_more(client, cast, issued):
    sign_in(client, cast.programme_admin)
    decide(client)
    [resting] = not_earned_any_more(done_by(Regrading.objects.get()))
    revoke(resting.certificate, cast.programme_admin, "error")

    assert not_earned_any_more(done_by(Regrading.objects.get())) == []


def test_who_passes_now_gets_what_she_earned_as_always(client, cast):
    sign_in(client, cast.programme_admin)
    losing = sitting_of("Losing Laila").enrolment
    assert issue_due(losing).grade == "attendance"
    decide(client)

    grades = Certificate.objects.filter(enrolment=losing).values_list("grade", flat=True)
    assert set(grades) == {"attendance", "achievement"}


# --- going on ------------------------------------------------------------------------------------


def test_what_was_interrupted_can_be_gone_on_with(client, cast, monkeypatch):
    sign_in(client, cast.programme_admin)
    monkeypatch.setattr("learning.cascade.regrade_views.go_on", lambda made: go_on(made, most=1))
    page = decide(client).content.decode()
    made = Regrading.objects.get()
    assert "Some tests are still to be marked again." in page
    assert "not finished" in client.get("/training/marking/regrades/").content.decode()
    monkeypatch.undo()
    address = f"/training/marking/regraded/{made.uuid}/go-on/"
    page = client.post(address, follow=True).content.decode()

    assert "1 test was marked again." in page
    assert "Some tests are still" not in page
    assert (
        "Every test is marked again already." in client.post(address, follow=True).content.decode()
    )
    assert ScoringRun.objects.count() == 4


def test_the_command_by_the_clock_finishes_what_was_interrupted(client, cast, monkeypatch, capsys):
    sign_in(client, cast.programme_admin)
    monkeypatch.setattr("learning.cascade.regrade_views.go_on", lambda made: go_on(made, most=1))
    decide(client)
    call_command("issue_certificates")

    assert "Tests: 1 marked again, which had been interrupted." in capsys.readouterr().out
    assert Regrading.objects.get().finished_at is not None


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["learner", "trainer", "viewer", "author", "area_admin"])
def test_others_are_refused(client, cast, who):
    sign_in(client, getattr(cast, who))

    for address in (PAGE, "/training/marking/regrades/"):
        assert client.get(address).status_code == 403


def test_another_programme_is_not_decided_on(client, cast):
    other = Programme.objects.create(code="other", area=cast.pakistan, names={"en": "Other"})
    cohort = Cohort.objects.create(
        programme=other, course_version=Sitting.objects.first().course_version
    )
    sign_in(client, cast.programme_admin)
    made = Regrading.objects.create(
        question_key=KEY, from_ns=[1], how="full", reason="Theirs", programme=other
    )
    page = shown(client)

    assert cohort.programme.code not in page
    assert client.get(f"/training/marking/regraded/{made.uuid}/").status_code == 404
    assert client.post(f"/training/marking/regraded/{made.uuid}/go-on/").status_code == 404
    assert "Theirs" not in client.get("/training/marking/regrades/").content.decode()


def test_a_system_administrator_decides_for_all_programmes(client, cast):
    sign_in(client, cast.system_admin)
    page = shown(client, programme="")

    assert "2 tests are marked again." in page
    assert "All programmes" in page


def test_an_unknown_question_is_not_found(client, cast):
    sign_in(client, cast.programme_admin)

    assert client.get("/training/marking/regrades/none/").status_code == 404


# --- where it is told ----------------------------------------------------------------------------


def test_her_result_says_so(client, cast):
    sign_in(client, cast.programme_admin)
    decide(client)
    sitting = sitting_of("Winning Wali")
    sign_in(client, sitting.enrolment.person.user)
    page = client.get(f"/tests/{sitting.uuid}/result/").content.decode()

    assert "This test was marked again on" in page
    assert "Before it had 2 of 2 marks, since then 1 of 2." in page
    assert REASON in page


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("system_admin", "Have them marked again"),
        ("author", "an administrator of the programme can have them marked again"),
    ],
)
def test_the_page_of_the_question_says_so(client, cast, who, words):
    sign_in(client, getattr(cast, who))
    question = Question.objects.get(key=KEY)
    url = f"/admin/snippets/modules/question/inspect/{question.pk}/"
    page = client.get(url).content.decode()

    assert "2 tests asked this question as it was before." in page
    assert words in page


def test_the_desk_leads_to_it(client, cast):
    sign_in(client, cast.programme_admin)
    assert "/training/marking/regrades/" in client.get("/training/marking/").content.decode()
    sign_in(client, cast.trainer)
    assert "/training/marking/regrades/" not in client.get("/training/marking/").content.decode()


def test_queries_do_not_grow_with_people(client, cast, django_assert_num_queries):
    sign_in(client, cast.programme_admin)
    address = f"{PAGE}?{urlencode(MENDED | {'decision': 'out'})}"
    client.get(address)
    for n in (2, 3):
        with django_assert_num_queries(17):
            assert f"{n} tests are marked again." in client.get(address).content.decode()
        sat_as_before("a")


def test_queries_of_a_report_do_not_grow_with_people(
    client, cast, settings, django_assert_num_queries
):
    settings.SIGNING_KEY = None  # so that nobody has a certificate to look into
    sign_in(client, cast.programme_admin)
    decide(client)
    made = Regrading.objects.get()
    for n in (2, 3):
        with django_assert_num_queries(10):
            page = client.get(f"/training/marking/regraded/{made.uuid}/").content.decode()
        assert f"{n} tests are marked again." in page
        sat_as_before("a")
        go_on(made)


def sat_as_before(given: str) -> Sitting:
    """Somebody who was asked the question as it was at first."""
    first = Sitting.objects.order_by("pk").first()
    person = Person.objects.create(names={"Latn": "More"})
    new = sat(first.enrolment.cohort, person, given)
    Sitting.objects.filter(pk=new.pk).update(paper=first.paper)
    new.scoring_runs.update(made_at=first.handed_in_at)
    return new
