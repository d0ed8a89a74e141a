"""`manage.py issue_certificates`: issue what is due of self-paced courses and is not issued yet.

Hands in the tests whose time is up before, because their marks may be what was missing. The
certificates of training sessions are not its business: a person approves them, session by session.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from learning.attempts.regrading import go_on_with_all
from learning.attempts.taking import close_all_expired
from learning.certificates.issuing import issue_due
from learning.certificates.models import Certificate, Proposal
from learning.certificates.signing import SigningKeyMissing
from learning.enrolment.models import Cohort, Enrolment


class Command(BaseCommand):
    help = (
        "Award every certificate of a self-paced course that is due. Those of a training session"
        " are issued on the page of the session. Safe to repeat."
    )

    def handle(self, *args, **options) -> None:
        if settings.SIGNING_KEY is None:
            raise CommandError(str(SigningKeyMissing()))
        closed = close_all_expired()
        self.stdout.write(f"Tests: {closed} handed in because their time was up.")
        if again := go_on_with_all():
            self.stdout.write(f"Tests: {again} marked again, which had been interrupted.")
        before = Certificate.objects.count()
        looked_at = 0
        for enrolment in to_look_at().iterator(chunk_size=200):
            issue_due(enrolment)
            looked_at += 1
        self.stdout.write(f"Enrolments: {looked_at} looked at.")
        self.stdout.write(f"Certificates: {Certificate.objects.count() - before} issued.")
        waiting = Proposal.objects.filter(decided_at=None).count()
        self.stdout.write(f"Proposals: {waiting} wait for the issuer.")


def to_look_at():
    """Enrolments in force of people with a name, in courses that people take by themselves."""
    with_name = Enrolment.objects.in_force().filter(
        cohort__kind=Cohort.Kind.SELF_PACED, person__is_anonymous=False, person__erased_at=None
    )
    return with_name.select_related(
        "person", "cohort__course_version__course", "cohort__programme__area"
    )
