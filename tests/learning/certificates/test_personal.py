"""What a holder takes along, and what stays when she is erased."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from learning.certificates.models import Certificate, CertificateFact
from learning.certificates.revoking import revoke
from learning.privacy.erasing import erase_person
from learning.privacy.exporting import export_person
from tests.learning.certificates.making import certify, read_everything

pytestmark = pytest.mark.django_db


def test_certificates_are_in_the_file_of_ones_data(certificate):
    record = export_person(certificate.person)

    (row,) = record["learning.Certificate"]
    assert (row["serial"], row["names"]) == (certificate.serial, {"Latn": "Lubna Learner"})
    assert record["learning.Proposal"][0]["grade"] == "achievement"
    json.dumps(record, cls=DjangoJSONEncoder)


def test_erasing_leaves_a_numbered_place_without_name(certificate, cast, version):
    revoke(certificate, cast.system_admin, "identity", "Her brother Bashir sat the test.")
    erase_person(certificate.person)

    everything = list(Certificate.objects.values()) + list(CertificateFact.objects.values())
    kept = json.dumps(everything, cls=DjangoJSONEncoder)
    assert "Lubna" not in kept
    assert "Bashir" not in kept
    assert Certificate.objects.get().number == 1
    assert certify(read_everything(cast.trainer.person, version)).number == 2


def test_erasing_one_leaves_others_alone(certificate, cast, version):
    other = certify(read_everything(cast.trainer.person, version))
    erase_person(certificate.person)

    other.refresh_from_db()
    assert other.names == {"Latn": "Tariq Trainer"}
    assert other.signature
