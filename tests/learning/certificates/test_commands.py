from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learning.attempts.models import Sitting
from learning.attempts.taking import start
from learning.certificates.issuing import issue_due
from learning.certificates.models import Certificate
from learning.certificates.revoking import revoke
from learning.enrolment.models import Cohort
from modules.papers.models import Purpose
from tests.learning.attempts.sitting import enrol as begin_tested
from tests.learning.attempts.sitting import make_tested_course
from tests.learning.certificates.making import enrol, read_everything

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().splitlines()


def test_everything_due_is_issued_once(cast, version):
    for user in (cast.learner, cast.trainer):
        read_everything(user.person, version)
    enrol(cast.author.person, version, "one")
    Cohort.objects.create(programme=cast.programme, course_version=version)

    assert run("issue_certificates") == [
        "Tests: 0 handed in because their time was up.",
        "Enrolments: 3 looked at.",
        "Certificates: 2 issued.",
        "Proposals: 0 wait for the issuer.",
    ]
    assert run("issue_certificates")[2] == "Certificates: 0 issued."
    assert Certificate.objects.count() == 2


def test_tests_whose_time_is_up_are_handed_in_first(cast):
    sitting = start(begin_tested(cast.learner, make_tested_course()), Purpose.POST)
    hour = timedelta(hours=1)
    Sitting.objects.filter(pk=sitting.pk).update(
        started_at=sitting.started_at - hour, deadline_at=sitting.deadline_at - hour
    )

    assert run("issue_certificates")[0] == "Tests: 1 handed in because their time was up."


def test_proposals_that_wait_are_counted(enrolment):
    Cohort.objects.update(approval=Cohort.Approval.ISSUER)

    assert run("issue_certificates")[2:] == [
        "Certificates: 0 issued.",
        "Proposals: 1 wait for the issuer.",
    ]


def test_training_sessions_are_left_to_those_who_approve(enrolment):
    Cohort.objects.update(kind=Cohort.Kind.EVENT)

    assert run("issue_certificates")[1:3] == ["Enrolments: 0 looked at.", "Certificates: 0 issued."]


def test_without_a_key_the_command_names_it(enrolment, settings):
    settings.SIGNING_KEY = None

    with pytest.raises(CommandError, match="SIGNING_KEY is not set"):
        run("issue_certificates")


def test_what_waited_for_the_key_is_issued_with_it(enrolment, settings):
    key, settings.SIGNING_KEY = settings.SIGNING_KEY, None
    issue_due(enrolment)
    settings.SIGNING_KEY = key

    assert run("issue_certificates")[2] == "Certificates: 1 issued."


def test_valid_certificate_is_told(certificate):
    line = f"Valid: {certificate.serial}, working-together 1.0, achievement."

    assert run("verify_certificate", certificate.token) == [line]
    code = f"http://x/certificates/{certificate.token}/#{certificate.statement}~"
    assert run("verify_certificate", code + certificate.signature) == [line]


def test_everything_else_is_an_error(certificate, cast):
    code = f"http://x/certificates/{certificate.token}/#{certificate.statement}~x"
    for token, message in (
        ("A" * 24, "Unknown."),
        ("nothing", "This is no token and no address of a certificate."),
        (code, "The signature in this code is not ours."),
    ):
        with pytest.raises(CommandError, match=message):
            run("verify_certificate", token)
    revoke(certificate, cast.system_admin, "error")
    with pytest.raises(CommandError, match="Revoked"):
        run("verify_certificate", certificate.token)


def test_certificate_changed_in_the_database_is_noticed(certificate):
    Certificate.objects.update(statement=certificate.statement.replace("~A~", "~T~"))

    with pytest.raises(CommandError, match="does not verify"):
        run("verify_certificate", certificate.token)
