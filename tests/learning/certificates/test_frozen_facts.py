"""What a certificate says stays, and how it stands follows from facts."""

import datetime as dt
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError

from learning.certificates.issuing import issue_due, new_token
from learning.certificates.models import (
    Certificate,
    CertificateFact,
    Issuer,
)
from learning.certificates.signing import is_genuine
from learning.certificates.standing import State, look_up, standings_of
from tests.learning.certificates.making import (
    certify,
    has_result,
    make_version,
    read_everything,
)

pytestmark = pytest.mark.django_db

ALL = ("one", "two", "three", "four")


def states() -> list[tuple[str, str]]:
    return [(c.grade, look_up(c.token).state) for c in Certificate.objects.order_by("pk")]


def test_facts_stay_whatever_happens_to_course_and_issuer(certificate):
    before = certificate.facts
    version = certificate.course_version
    version.manifest["titles"] = {"en": "Something else"}
    version.save()
    organisation = Issuer.objects.get().organisation
    organisation.names = {"en": "Somebody else"}
    organisation.save()
    certificate.person.names = {"Latn": "Somebody Else"}
    certificate.person.save()

    certificate.refresh_from_db()

    assert certificate.facts == before
    assert certificate.facts["en"]["course"] == "Working together"
    assert certificate.names == {"Latn": "Lubna Learner"}


def test_signature_is_over_the_frozen_facts(certificate):
    assert is_genuine(certificate.token, certificate.statement, certificate.signature)
    assert certificate.serial in certificate.statement
    assert "Lubna" not in certificate.statement


def test_tokens_are_random_and_long(cast, version):
    tokens = {
        certify(read_everything(user.person, version)).token for user in (cast.learner, cast.author)
    }

    assert len(tokens) == 2
    assert {len(token) for token in tokens} == {24}  # 144 bits in base 64


def test_tokens_survive_mail_programs_and_commands(monkeypatch):
    tokens = iter(["-starts", "ends-", "_x", "x_", "good-1"])
    monkeypatch.setattr("secrets.token_urlsafe", lambda octets: next(tokens))

    assert new_token() == "good-1"


def test_day_of_issue_is_that_of_the_issuer(cast, version):
    late = dt.datetime(2026, 11, 20, 19, 30, tzinfo=dt.UTC)
    with time_machine.travel(late, tick=False):
        certificate = certify(read_everything(cast.learner.person, version))

    assert certificate.issued_at.astimezone(ZoneInfo("Asia/Karachi")).day == 21
    assert certificate.facts["en"]["issued"] == "Issued on 21 November 2026"
    assert certificate.statement.endswith("~20261121")


def test_own_certificates_newest_first_in_two_queries(
    enrolment, monkeypatch, django_assert_num_queries
):
    has_result(monkeypatch, Fraction(6, 10))
    issue_due(enrolment)
    has_result(monkeypatch, Fraction(8, 10))
    issue_due(enrolment)

    with django_assert_num_queries(2):
        own = [(one.certificate.grade, one.state) for one in standings_of(enrolment.person)]

    assert own == [("achievement", State.VALID), ("attendance", State.REPLACED)]


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (["under_review"], State.UNDER_REVIEW),
        (["under_review", "cleared"], State.VALID),
        (["under_review", "cleared", "under_review"], State.UNDER_REVIEW),
        (["under_review", "revoked", "cleared"], State.REVOKED),
    ],
)
def test_state_follows_from_the_facts(certificate, events, state):
    for event in events:
        code = "error" if event == "revoked" else ""
        CertificateFact.objects.create(certificate=certificate, what=event, code=code)

    assert look_up(certificate.token).state == state


def test_database_knows_one_certificate_of_a_kind(certificate):
    certificate.pk, certificate.token, certificate.serial = None, "another", "another"
    certificate.number += 1

    with pytest.raises(IntegrityError):
        certificate.save(force_insert=True)


def test_another_version_is_another_certificate(certificate, cast):
    later = make_version("later-course", 72)

    assert certify(read_everything(cast.learner.person, later)) != certificate
