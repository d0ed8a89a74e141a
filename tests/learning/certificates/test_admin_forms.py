import datetime as dt

import pytest

from learning.certificates.admin_forms import AwardRuleForm, IssuerForm
from learning.certificates.models import AwardRule, Issuer
from tests.learning.certificates.making import certify

pytestmark = pytest.mark.django_db


def rule_form(version, **changes) -> AwardRuleForm:
    data = {
        "course_version": version.pk,
        "scheme": "S2",
        "a_min": 80,
        "pass_mark": 70,
        "gap": 10,
        "gate": "",
        "effective_from": "2026-11-21",
    }
    return AwardRuleForm(data | changes)


def issuer_form(cast, **changes) -> IssuerForm:
    data = {
        "programme": cast.programme.pk,
        "organisation": cast.institution.pk,
        "code": "PK-SSI",
        "time_zone": "Asia/Karachi",
    }
    return IssuerForm(data | changes)


def test_rule_is_saved(version):
    form = rule_form(version, gate=80)

    assert form.is_valid(), form.errors
    form.save()
    rule = AwardRule.objects.get()
    assert (rule.scheme, rule.gate, rule.effective_from) == ("S2", 80, dt.date(2026, 11, 21))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"gap": 71}, "gap"),
        ({"scheme": "S1", "gate": 80}, "gate"),
        ({"pass_mark": 101}, "pass_mark"),
        ({"a_min": -1}, "a_min"),
        ({"effective_from": ""}, "effective_from"),
    ],
)
def test_rule_that_makes_no_sense_is_refused(version, changes, field):
    assert list(rule_form(version, **changes).errors) == [field]


def test_second_rule_for_one_day_is_refused(version):
    rule_form(version).save()

    assert rule_form(version, pass_mark=80).errors


def test_issuer_with_signatories_in_their_languages(cast):
    form = issuer_form(
        cast,
        name_1_en="Commissioner A",
        name_1_ur="کمشنر",
        title_1_en="Commissioner",
        quality_en="Reviewed every year.",
    )

    assert form.is_valid(), form.errors
    form.save()
    issuer = Issuer.objects.get()
    assert issuer.signatories == [
        {"name": {"en": "Commissioner A", "ur": "کمشنر"}, "title": {"en": "Commissioner"}}
    ]
    assert issuer.quality == {"en": "Reviewed every year."}
    again = IssuerForm(instance=issuer)
    assert again["name_1_ur"].value() == "کمشنر"
    assert again["name_2_en"].value() == ""
    assert again["quality_en"].value() == "Reviewed every year."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "pk-ssi"}, "code"),
        ({"code": "PK"}, "code"),
        ({"time_zone": "Lahore"}, "time_zone"),
        ({"title_2_en": "Commissioner"}, "name_2_en"),
    ],
)
def test_issuer_that_makes_no_sense_is_refused(cast, changes, field):
    assert list(issuer_form(cast, **changes).errors) == [field]


def test_code_under_which_others_have_issued_is_taken(cast, enrolment):
    certify(enrolment)
    issuer = Issuer.objects.get()
    assert IssuerForm({"programme": issuer.programme_id, "organisation": issuer.organisation_id,
                       "code": issuer.code, "time_zone": "Asia/Karachi"},
                      instance=issuer).is_valid()  # fmt: skip
    other = {"programme": issuer.programme_id, "organisation": cast.institution.pk}

    form = IssuerForm(other | {"code": issuer.code, "time_zone": "Asia/Karachi"}, instance=issuer)

    assert list(form.errors) == ["code"]
