"""Numbers without gaps, and who issues."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError

from learning.certificates.errors import CannotIssue
from learning.certificates.issuing import approve, issue_due
from learning.certificates.models import (
    Certificate,
    Issuer,
    Proposal,
    Register,
)
from learning.certificates.serials import make_serial
from learning.certificates.standing import look_up
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import Organisation, Programme
from tests.learning.certificates.making import (
    certify,
    read_everything,
)

pytestmark = pytest.mark.django_db

ALL = ("one", "two", "three", "four")


def states() -> list[tuple[str, str]]:
    return [(c.grade, look_up(c.token).state) for c in Certificate.objects.order_by("pk")]


def test_numbers_run_by_issuer_and_year(cast, version):
    people = [cast.learner, cast.trainer, cast.author]
    with time_machine.travel(dt.datetime(2026, 12, 31, 18, 59, tzinfo=dt.UTC), tick=False):
        old = certify(read_everything(people[0].person, version))
    with time_machine.travel(dt.datetime(2026, 12, 31, 19, 1, tzinfo=dt.UTC), tick=False):
        new = [certify(read_everything(user.person, version)) for user in people[1:]]
    abroad = certify(read_everything(cast.outsider.person, version))

    assert old.serial == make_serial("PK-CASC", "working-together", 2026, 1)
    assert [c.serial[:-2] for c in new] == [
        "PK-CASC-WORK-2027-000001",
        "PK-CASC-WORK-2027-000002",
    ]
    assert abroad.serial.startswith("KH-CASC-WORK-")
    assert abroad.number == 1


def test_a_failure_after_the_number_was_taken_leaves_no_gap(enrolment, cast, monkeypatch):
    def breaks(*args):
        raise CannotIssue("broken")

    with monkeypatch.context() as patch:
        patch.setattr("learning.certificates.issuing.sign", breaks)
        with pytest.raises(CannotIssue):
            certify(enrolment)

    assert certify(enrolment).number == 1


def test_who_comes_second_gets_what_the_first_made(enrolment, monkeypatch):
    first = certify(enrolment)
    # As if the first had not committed yet when the second looked.
    seen = iter([None, first])
    monkeypatch.setattr("learning.certificates.issuing._original", lambda proposal: next(seen))

    assert approve(Proposal.objects.get()) == first
    assert Register.objects.get().last == 1


def test_other_broken_rules_of_the_database_are_not_hidden(enrolment, cast, monkeypatch):
    certify(enrolment)
    monkeypatch.setattr("learning.certificates.issuing.make_serial", lambda *args: "PK-SAME")
    others = [read_everything(user.person, enrolment.cohort.course_version)
              for user in (cast.trainer, cast.author)]  # fmt: skip
    certify(others[0])

    with pytest.raises(IntegrityError):
        certify(others[1])


def test_default_issuer_is_sober(enrolment):
    certificate = issue_due(enrolment)

    issuer = Issuer.objects.get()
    assert (issuer.code, issuer.time_zone) == ("PK-CASC", "Asia/Karachi")
    assert issuer.organisation.names["en"] == "Cascade, Pakistan"
    assert certificate.facts["en"]["signatories"] == []
    assert certificate.facts["en"]["signed"] == ("Issued electronically; valid without signature.")


def test_second_programme_of_a_country_gets_a_code_of_its_own(cast, version):
    programme = Programme.objects.create(code="other", area=cast.pakistan, names={"en": "Other"})
    cohort = Cohort.objects.create(programme=programme, course_version=version)
    certify(read_everything(cast.learner.person, version))

    enrolment = Enrolment.objects.create(cohort=cohort, person=cast.trainer.person)

    assert certify(enrolment).serial.startswith(f"PK-CASC-P{programme.pk}-WORK-")
    assert Organisation.objects.filter(code="cascade-pk").count() == 1
