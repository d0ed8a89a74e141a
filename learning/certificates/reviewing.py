"""Putting certificates under review, and ending the review: while a session's record is returned,
what was certified for it is not to be relied on."""

from django.db import transaction

from learning.certificates.models import Certificate, CertificateFact
from learning.certificates.standing import State, standing
from learning.enrolment.models import Cohort
from learning.people.models import User

What = CertificateFact.What


@transaction.atomic
def review_cohort(cohort: Cohort, by: User | None, reason: str) -> int:
    """Put every valid certificate of the cohort under review; how many that were."""
    return _note(cohort, State.VALID, What.UNDER_REVIEW, by, reason)


@transaction.atomic
def clear_cohort(cohort: Cohort, by: User | None) -> int:
    """End the reviews of the cohort's certificates without objection; how many that were."""
    return _note(cohort, State.UNDER_REVIEW, What.CLEARED, by, "")


def _note(cohort: Cohort, state: State, what: str, by: User | None, reason: str) -> int:
    issued = Certificate.objects.filter(enrolment__cohort=cohort).prefetch_related("happenings")
    found = [one for one in issued if standing(one, one.happenings.all()).state == state]
    for certificate in found:
        CertificateFact.objects.create(
            certificate=certificate, what=what, reason=reason, recorded_by=by
        )
    return len(found)
