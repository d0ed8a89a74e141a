"""The public page, its PDF, looking a certificate up, and ending one."""

import pytest
from django.test import Client
from django.urls import reverse

from learning.certificates.issuing import issue_due
from learning.certificates.models import CertificateFact, Grade
from learning.certificates.revoking import revoke
from learning.privacy.erasing import erase_person
from modules.courses.models import Course
from tests.cast import sign_in
from tests.learning.certificates.making import certify

UNKNOWN = "/certificates/AAAAAAAAAAAAAAAAAAAAAAAA/"


def address(certificate, language: str = "") -> str:
    return f"{language}/certificates/{certificate.token}/"


def word(response) -> str:
    return response.context["view"].word


@pytest.fixture
def look_up(client, db):
    """What comes of looking up a number and a name: the token of a certificate, or the errors."""

    def look_up(number: str, name: str = "") -> str:
        response = client.post("/verify/", {"number": number, "name": name})
        if response.status_code == 302:
            return response["Location"].strip("/").rpartition("/")[2]
        form = response.context["form"]
        return " ".join(message for errors in form.errors.values() for message in errors)

    return look_up


# --- the public page -----------------------------------------------------------------------------


def test_page_answers_in_one_word_first(client, certificate):
    response = client.get(address(certificate))

    page = response.content.decode()
    assert (response.status_code, word(response)) == (200, "Valid")
    assert page.index("<h1>") < page.index("Valid</span>") < page.index("Lubna Learner")
    for shown in ("Working together", certificate.serial, "5.5 hours", "Cascade, Pakistan"):
        assert shown in page


def test_its_version_leads_to_what_changed_since(client, certificate):
    version = certificate.course_version
    link = f'<a href="/courses/{version.course.code}/changes/{version.number}/">'

    assert link in client.get(address(certificate)).content.decode()


def test_a_course_that_is_closed_again_leads_nowhere(client, certificate):
    Course.objects.update(status=Course.Status.ANNOUNCED)

    assert "/changes/" not in client.get(address(certificate)).content.decode()


def test_page_is_neither_listed_nor_kept(client, certificate):
    for path in (address(certificate), UNKNOWN, f"/certificates/{certificate.token}.pdf"):
        response = client.get(path)

        assert "noindex" in response["X-Robots-Tag"]
        assert "no-store" in response["Cache-Control"]


def test_page_shows_no_mark_nor_address(client, enrolment, cast, monkeypatch):
    cast.learner.email = "lubna.secret@example.org"
    cast.learner.save()
    page = client.get(address(certify(enrolment))).content.decode()

    assert "lubna.secret" not in page
    assert str(enrolment.person.uuid) not in page
    assert "Test institution" not in page


@pytest.mark.parametrize("language", ["ur", "km", "lo"])
def test_page_in_each_language_has_its_own_facts(client, certificate, language):
    certificate.facts[language]["course"] = f"The course in {language}"
    certificate.save()

    page = client.get(address(certificate, f"/{language}")).content.decode()

    assert f"The course in {language}" in page
    assert f'<html lang="{language}"' in page


def test_unknown_certificate_is_a_page_that_says_so(client, db):
    response = client.get(UNKNOWN)

    assert (response.status_code, word(response)) == (404, "Unknown")


def test_unknown_and_revoked_go_the_same_way(client, certificate, cast, django_assert_num_queries):
    revoke(certificate, cast.system_admin, "error")
    client.get(UNKNOWN)

    for path in (UNKNOWN, address(certificate)):
        with django_assert_num_queries(2):
            client.get(path)


def test_revocation_is_on_the_page_at_once(client, certificate, cast):
    assert word(client.get(address(certificate))) == "Valid"
    revoke(certificate, cast.system_admin, "misconduct", "Copied from a neighbour.")

    response = client.get(address(certificate))

    page = response.content.decode()
    assert word(response) == "Revoked"
    assert "The rules of the course or the test were broken." in page
    assert "neighbour" not in page


def test_replaced_certificate_points_to_the_newer_one(client, enrolment):
    attendance = issue_due(enrolment)
    achievement = certify(enrolment, Grade.ACHIEVEMENT)

    response = client.get(address(attendance))

    assert word(response) == "Replaced"
    assert f'href="{address(achievement)}"' in response.content.decode()
    assert word(client.get(address(achievement))) == "Valid"


def test_erased_holder_leaves_the_number_alone(client, certificate):
    erase_person(certificate.person)

    response = client.get(address(certificate))

    page = response.content.decode()
    assert word(response) == "Withdrawn"
    assert "at the holder’s request" in page
    assert certificate.serial in page
    assert "Lubna" not in page
    certificate.refresh_from_db()
    assert (certificate.names, certificate.signature, certificate.statement) == ({}, "", "")


def test_demo_data_is_called_so(client, enrolment, settings):
    settings.DEMO = True
    certificate = certify(enrolment)
    settings.DEMO = False

    page = client.get(address(certificate)).content.decode()

    assert "Demo data: this person is invented" in page


# --- the PDF -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "language"), [("", "en"), ("?lang=ur", "ur"), ("?lang=lo", "lo"), ("?lang=xx", "en")]
)
def test_pdf_in_the_language_asked_for(client, certificate, query, language):
    response = client.get(f"/certificates/{certificate.token}.pdf{query}")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert f"{certificate.serial}-{language}.pdf" in response["Content-Disposition"]


@pytest.mark.parametrize("end", ["revoke", "erase", "unknown", "review"])
def test_what_is_not_valid_has_no_paper(client, certificate, cast, end):
    token = certificate.token
    if end == "revoke":
        revoke(certificate, cast.system_admin, "error")
    elif end == "erase":
        erase_person(certificate.person)
    elif end == "review":
        CertificateFact.objects.create(certificate=certificate, what="under_review")
    else:
        token = "A" * 24

    response = client.get(f"/certificates/{token}.pdf?lang=ur")

    assert (response.status_code, response["Location"]) == (302, f"/ur/certificates/{token}/")


# --- looking up ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Lubna Learner", " lubna  LEARNER ", "لبنیٰ", "لبنى"])
def test_number_and_name_lead_to_the_page(look_up, enrolment, name):
    enrolment.person.names["Arab"] = "لبنیٰ"
    enrolment.person.save()
    certificate = certify(enrolment)

    assert look_up(certificate.serial.lower().replace("-", " "), name) == certificate.token


@pytest.mark.parametrize("wrong", ["number", "name", "erased"])
def test_whichever_is_wrong_the_answer_is_one(look_up, certificate, wrong):
    number, name = certificate.serial, "Lubna Learner"
    if wrong == "number":
        number = "PK-CASC-COOR-2026-000123-Y"
    elif wrong == "name":
        name = "Lubna"
    else:
        erase_person(certificate.person)

    assert look_up(number, name).startswith("No certificate is known with this number and this")


def test_mistyped_number_is_told_from_its_check_character(look_up, certificate):
    wrong = certificate.serial[:-1] + ("A" if certificate.serial[-1] != "A" else "B")

    assert look_up(wrong, "Lubna Learner").startswith("This is not a complete number")


def test_number_alone_is_not_enough(look_up, certificate):
    assert look_up(certificate.serial).startswith("Write the name too")
    assert look_up(certificate.serial, "  ").startswith("Write the name too")


def test_empty_form_asks_for_the_number(look_up):
    assert look_up("") == "This field is required."


@pytest.mark.parametrize(
    "text",
    [
        "{token}",
        "http://localhost:8000/certificates/{token}/",
        "https://elsewhere.example/ur/certificates/{token}/?x=1",
        "/certificates/{token}.pdf",
        "http://localhost:8000/certificates/{token}/#{statement}~{signature}",
    ],
)
def test_address_and_code_lead_to_the_page(look_up, certificate, text):
    assert look_up(text.format(**vars(certificate))) == certificate.token


def test_altered_code_is_refused(look_up, certificate):
    text = f"http://localhost:8000/certificates/{certificate.token}/#{certificate.statement}~"
    changed = text.replace("~A~", "~T~") + certificate.signature

    assert look_up(text + "x" + certificate.signature[1:]).startswith("The signature in this code")
    assert look_up(changed).startswith("The signature in this code")


def test_looking_up_is_limited_per_number(client, certificate):
    answers = [
        client.post("/verify/", {"number": certificate.serial, "name": f"Guess {n}"}).status_code
        for n in range(21)
    ]

    assert answers == [200] * 20 + [429]
    other = client.post("/verify/", {"number": "PK-CASC-COOR-2026-000123-Y", "name": "Guess"})
    assert other.status_code == 200


@pytest.mark.parametrize("typed", ["<script>", "\x00", "'; --", "𝟙" * 700, "/certificates//", "#"])
def test_nonsense_is_answered_politely(client, db, typed):
    response = client.post("/verify/", {"number": typed, "name": typed})

    assert response.status_code == 200
    assert response.context["form"].errors


# --- ending --------------------------------------------------------------------------------------


def test_administrator_revokes_with_a_reason(client, certificate, cast):
    sign_in(client, cast.system_admin)
    page = address(certificate) + "revoke/"
    assert f'href="{page}"' in client.get(address(certificate)).content.decode()

    response = client.post(page, {"code": "identity", "note": "Sat by the brother."})

    assert response["Location"] == address(certificate)
    fact = CertificateFact.objects.get()
    assert (fact.what, fact.code, fact.reason) == ("revoked", "identity", "Sat by the brother.")
    assert fact.recorded_by == cast.system_admin
    assert word(Client().get(address(certificate))) == "Revoked"


@pytest.mark.parametrize("data", [{}, {"code": "identity"}, {"code": "none", "note": "x"}])
def test_without_reason_and_note_nothing_is_revoked(client, certificate, cast, data):
    sign_in(client, cast.system_admin)

    response = client.post(address(certificate) + "revoke/", data)

    assert response.context["form"].errors
    assert not CertificateFact.objects.exists()


def test_revoking_again_changes_nothing(client, certificate, cast):
    first = revoke(certificate, cast.system_admin, "error", "First.")

    assert revoke(certificate, cast.programme_admin, "misconduct", "Second.") == first
    assert CertificateFact.objects.get().reason == "First."


def test_without_second_factor_nobody_revokes(client, certificate, cast):
    client.force_login(cast.system_admin, backend="learning.people.adapter.AccountBackend")

    response = client.post(address(certificate) + "revoke/", {"code": "error", "note": "x"})

    assert response.status_code == 403
    assert not CertificateFact.objects.exists()


def test_holder_cannot_revoke(client, certificate, cast):
    sign_in(client, cast.learner)

    assert client.get(reverse("certificate_revoke", args=[certificate.token])).status_code == 404
    assert "revoke/" not in client.get(address(certificate)).content.decode()
