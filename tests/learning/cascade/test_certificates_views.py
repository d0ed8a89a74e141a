"""The page of a session's certificates, issuing from it, and the file of all of them."""

import io

import pikepdf
import pytest
import zxingcpp
from django.test import Client

from learning.cascade.closing import send_back
from learning.cascade.registering import participants_of
from learning.certificates.addressing import certificate_address
from learning.certificates.models import AwardRule, Certificate
from learning.certificates.revoking import revoke
from tests.cast import sign_in
from tests.learning.cascade.making import (
    DAY,
    add,
    give_issuer,
    loaded,
    make_event,
    result,
    there,
    verified_event,
)
from tests.learning.certificates.test_printing import picture, text_of

pytestmark = pytest.mark.django_db


def page(event) -> str:
    return f"/training/{event.uuid}/certificates/"


def file(event, query: str = "") -> str:
    return f"/training/{event.uuid}/certificates.pdf{query}"


def everybody(event) -> list[int]:
    return [enrolment.pk for enrolment in participants_of(event)]


def issue(client, event, chosen=None):
    data = {"chosen": everybody(event) if chosen is None else chosen, "sure": "on"}
    return client.post(page(event), data)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def admin(cast) -> Client:
    return sign_in(Client(), cast.programme_admin)


@pytest.fixture
def trainer(cast) -> Client:
    return sign_in(Client(), cast.trainer)


# --- what it shows -------------------------------------------------------------------------------


def test_everybody_with_attendance_mark_and_what_it_earns(admin, cast):
    event = verified_event(cast)

    text = " ".join(admin.get(page(event)).content.decode().split())

    for words in (
        *("Aamir", "100%", "840 of 840 minutes", "80%", "16 of 20 marks"),
        *("Bano", "50%", "10 of 20 marks", "Certificate of Attendance"),
        *("3 certificates wait", "present for 80 per cent of the time, and 70 per cent"),
        "The rule of 3 March 2026, the last day of the session",
    ):
        assert words in text
    assert text.count('name="chosen"') == 3
    assert "No certificates can be issued now." not in text


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({}, "has no name in the record"),
        ({"name": "Aamir", "agreed": False}, "did not agree to a certificate"),
        ({"name": "Aamir"}, "was present for less than the rule asks for"),
    ],
)
def test_why_somebody_gets_none_in_plain_words(admin, cast, about, words):
    event = make_event(cast)
    add(event, **about)

    text = admin.get(page(event)).content.decode()

    assert words in text
    assert 'name="chosen"' not in text


def test_the_one_scale_in_words(admin, cast):
    event = verified_event(cast)
    AwardRule.objects.create(
        course_version=event.cohort.course_version, effective_from=DAY, scheme="S2", gate=75
    )

    text = admin.get(page(event)).content.decode()

    assert "up to 10 per cent less than the 70" in text
    assert "Both need presence for 75 per cent of the time." in text


def test_all_obstacles_stand_in_one_message(admin, cast):
    event = make_event(cast)
    add(event, "Aamir")
    there(event)

    text = admin.get(page(event)).content.decode()

    assert text.count("message attention") == 1
    assert "verified training sessions only" in text
    assert "was not accredited in this programme" in text
    assert "no issuer of certificates yet" in text
    assert 'name="chosen"' not in text


def test_empty_session_says_how_it_begins(admin, cast):
    text = admin.get(page(make_event(cast))).content.decode()

    assert "Nobody is registered yet" in text
    assert "No certificates can be issued now." not in text


def test_the_trainer_reads_and_issues_nothing(trainer, admin, cast):
    event = verified_event(cast)

    text = trainer.get(page(event)).content.decode()

    assert "Aamir" in text
    assert 'name="chosen"' not in text
    assert "issued by an administrator who did not lead the session" in text
    assert issue(trainer, event).status_code == 404
    assert not Certificate.objects.exists()


def test_there_is_no_page_where_people_are_only_counted(admin, cast):
    event = make_event(cast, counting="headcount")

    assert admin.get(page(event)).status_code == 404
    assert admin.get(file(event)).status_code == 404


def test_certificates_under_review_are_called_so(admin, cast):
    event = verified_event(cast)
    issue(admin, event)

    send_back(loaded(event), cast.programme_admin, "The sheet shows another name")

    text = admin.get(page(event)).content.decode()
    assert text.count("Under review") == 3
    assert "Open the PDF file" not in text


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(admin, cast, people, django_assert_num_queries):
    give_issuer(cast)
    event = make_event(cast)
    for n in range(people):
        result(add(event, f"Person {n}"), "post", 16)
    there(event)
    admin.get(page(event))

    with django_assert_num_queries(19):
        admin.get(page(event))


# --- issuing -------------------------------------------------------------------------------------


def test_it_is_asked_once_more_before_anything_is_issued(admin, cast):
    event = verified_event(cast)
    first, _second, third = everybody(event)

    response = admin.post(page(event), {"chosen": [first, third]})

    text = response.content.decode()
    assert "Issue 2 certificates?" in text
    assert "Aamir" in text
    assert "Bano" not in text
    assert text.count('type="hidden" name="chosen"') == 2
    assert not Certificate.objects.exists()


def test_issued_for_good_and_pressed_twice(admin, cast):
    event = verified_event(cast)

    first = issue(admin, event)
    again = issue(admin, event)

    assert first.status_code == again.status_code == 302
    text = admin.get(page(event)).content.decode()
    assert "3 certificates issued." in text
    assert "These people have their certificates already." in text
    assert Certificate.objects.count() == 3
    certificate = Certificate.objects.first()
    assert certificate.serial in text
    assert f"/certificates/{certificate.token}/" in text


def test_only_who_was_chosen_gets_one(admin, cast):
    event = verified_event(cast)

    issue(admin, event, everybody(event)[1:2])

    assert [one.person.name("en") for one in Certificate.objects.all()] == ["Bano"]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [([], "Nobody is chosen."), ([0], "takes no part in this session"), (["x"], "takes no part")],
)
def test_who_cannot_be_chosen_is_said(admin, cast, chosen, words):
    event = verified_event(cast)

    issue(admin, event, chosen)

    text = admin.get(page(event)).content.decode()
    assert "Nothing was issued." in text
    assert words in text
    assert not Certificate.objects.exists()


def test_what_came_in_the_way_meanwhile_is_said(admin, cast):
    event = verified_event(cast)
    send_back(event, cast.programme_admin, "One more look")

    issue(admin, event)

    assert "verified training sessions only" in admin.get(page(event)).content.decode()
    assert not Certificate.objects.exists()


def test_who_led_does_not_issue_even_as_administrator(cast):
    event = verified_event(cast, lead=cast.programme_admin.person)

    response = issue(sign_in(Client(), cast.programme_admin), event)

    assert response.status_code == 404


# --- the file ------------------------------------------------------------------------------------


@pytest.fixture
def issued(admin, cast):
    """The session with its three certificates."""
    event = verified_event(cast)
    issue(admin, event)
    return event


def test_all_valid_ones_in_the_order_of_the_stickers(admin, issued):
    response = admin.get(file(issued, "?lang=en"))

    assert response["Content-Type"] == "application/pdf"
    assert "certificates-2026-03-02-en.pdf" in response["Content-Disposition"]
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert len(document.pages) == 3
        assert "Working together" in str(document.docinfo.Title)
    text = text_of(response.content)
    assert text.index("Aamir") < text.index("Bano") < text.index("Chand")
    tokens = Certificate.objects.order_by("number").values_list("token", flat=True)
    for number, token in enumerate(tokens, 1):
        one = picture(response.content, 150, "-f", str(number), "-l", str(number))
        assert zxingcpp.read_barcode(one).text.startswith(certificate_address(token))


def test_only_some_and_in_another_language(trainer, issued):
    response = trainer.get(file(issued, f"?lang=ur&only={everybody(issued)[1]}"))

    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert len(document.pages) == 1
        assert document.Root.Lang == "ur"


def test_revoked_ones_are_not_printed(admin, issued, cast):
    revoke(Certificate.objects.first(), cast.system_admin, "error")

    with pikepdf.open(io.BytesIO(admin.get(file(issued)).content)) as document:
        assert len(document.pages) == 2


@pytest.mark.parametrize("query", ["?only=0", "?only=x"])
def test_nobody_known_is_nobody_and_not_everybody(admin, issued, query):
    response = admin.get(file(issued, f"{query}&lang=ur"))

    assert (response.status_code, response["Location"]) == (302, f"/ur{page(issued)}")


def test_without_certificates_the_page_says_so(admin, cast):
    event = verified_event(cast)

    response = admin.get(file(event), follow=True)

    assert said(response) == ["There is no valid certificate to print. Issue them first."]


def test_very_many_are_printed_in_parts(admin, issued, monkeypatch):
    for module in ("learning.cascade.certificates_forms", "learning.certificates.printing"):
        monkeypatch.setattr(f"{module}.MOST_TOGETHER", 2)

    assert "1–2</option>" in admin.get(page(issued)).content.decode()
    for query, pages in (("", 2), ("?part=2", 1), ("?part=9", 2)):
        with pikepdf.open(io.BytesIO(admin.get(file(issued, query)).content)) as document:
            assert len(document.pages) == pages


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_file_that_takes_too_long_is_given_up_with_a_word(admin, issued, monkeypatch):
    monkeypatch.setattr("modules.printing.rendering.SECONDS_TOGETHER", 0.001)

    response = admin.get(file(issued), follow=True)

    assert said(response)[-1].startswith("The file took too long to make.")


def test_no_stranger_gets_the_file(issued, cast):
    for user in (cast.learner, cast.outsider, cast.viewer):
        assert sign_in(Client(), user).get(file(issued)).status_code == 404
    assert Client().get(file(issued))["Location"].startswith("/accounts/login/")


def test_without_second_factor_the_file_stays_closed(issued, cast):
    client = Client()
    client.force_login(cast.programme_admin, backend="learning.people.adapter.AccountBackend")

    assert client.get(file(issued)).status_code == 302
