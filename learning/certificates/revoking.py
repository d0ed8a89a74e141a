"""Ending a certificate. What is revoked stays revoked: there is no way back."""

from django.db import IntegrityError, transaction

from learning.certificates.models import Certificate, CertificateFact
from learning.people.models import User


def revoke(certificate: Certificate, by: User | None, code: str, note: str = "") -> CertificateFact:
    """Revoke, visible on the public page at once; revoking twice returns the first revocation.

    `code` is one of `CertificateFact.Code`, which the public page shows; `note` is for the record.
    """
    what = CertificateFact.What.REVOKED
    fact = CertificateFact(
        certificate=certificate,
        what=what,
        code=CertificateFact.Code(code),
        reason=note,
        recorded_by=by,
    )
    try:
        with transaction.atomic():
            fact.save()
    except IntegrityError:
        return CertificateFact.objects.get(certificate=certificate, what=what)
    return fact
