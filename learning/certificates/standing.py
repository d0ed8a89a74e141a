"""What a certificate is worth now: one word, from its facts. Nothing is kept but the facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learning.certificates.models import Certificate, CertificateFact, Grade
from learning.people.merging import all_records_of
from learning.people.models import Person

What = CertificateFact.What


class State(models.TextChoices):
    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")
    UNDER_REVIEW = "under_review", _("Under review")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNKNOWN = "unknown", _("Unknown")


@dataclass(frozen=True)
class Standing:
    """A certificate (None: there is none) with its state, and the fact that ended it, if any."""

    certificate: Certificate | None
    state: State
    fact: CertificateFact | None = None

    @property
    def since(self) -> datetime | None:
        return self.fact.received_at if self.fact else None

    @property
    def is_valid(self) -> bool:
        return self.state == State.VALID


def standing(certificate: Certificate | None, happenings: Iterable[CertificateFact]) -> Standing:
    """What the facts about a certificate come to; of two ends the revocation weighs more."""
    if certificate is None:
        return Standing(None, State.UNKNOWN)
    facts = sorted(happenings, key=lambda fact: (fact.received_at, str(fact.pk)))
    latest = {fact.what: fact for fact in facts}
    if revoked := latest.get(What.REVOKED):
        return Standing(certificate, State.REVOKED, revoked)
    if not certificate.names:
        return Standing(certificate, State.WITHDRAWN)
    if superseded := latest.get(What.SUPERSEDED):
        return Standing(certificate, State.REPLACED, superseded)
    reviews = [fact for fact in facts if fact.what in {What.UNDER_REVIEW, What.CLEARED}]
    if reviews and reviews[-1].what == What.UNDER_REVIEW:
        return Standing(certificate, State.UNDER_REVIEW, reviews[-1])
    return Standing(certificate, State.VALID)


def with_all_it_needs(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return certificates.select_related(
        "course_version__course", "register__programme", "enrolment__cohort__programme__area"
    )


def look_up(token: str) -> Standing:
    """How the certificate with this token stands. Two queries, whatever they find."""
    certificate = with_all_it_needs(Certificate.objects.filter(token=token)).first()
    happenings = CertificateFact.objects.filter(certificate__token=token)
    # Read in any case: unknown and revoked take the same time.
    return standing(certificate, list(happenings.select_related("successor")))


def standings_of(person: Person) -> list[Standing]:
    """All certificates of a person, newest first, for herself; two queries."""
    certificates = with_all_it_needs(Certificate.objects.filter(person__in=all_records_of(person)))
    newest_first = certificates.order_by("-issued_at", "-pk").prefetch_related("happenings")
    return [standing(one, one.happenings.all()) for one in newest_first]


def in_force(person: Person, course_version_id: int) -> dict[str, Certificate]:
    """The person's certificates of a course version that nothing has ended, by grade."""
    own = Certificate.objects.filter(
        person__in=all_records_of(person), course_version=course_version_id
    )
    ended = {State.REVOKED, State.REPLACED, State.WITHDRAWN}
    return {
        one.grade: one
        for one in own.order_by("pk").prefetch_related("happenings")
        if standing(one, one.happenings.all()).state not in ended
    }


def best_in_force(person: Person, course_version_id: int) -> Certificate | None:
    """Of the certificates of a course version in force, the one that says most."""
    valid = in_force(person, course_version_id)
    return valid.get(Grade.ACHIEVEMENT) or valid.get(Grade.ATTENDANCE)
