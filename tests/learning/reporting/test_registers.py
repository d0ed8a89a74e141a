"""The registers: scoped, searched in any script, in parts, as files."""

import pytest
import time_machine

from learning.certificates.models import CertificateFact
from learning.certificates.revoking import revoke
from learning.people.merging import merge
from learning.people.models import Person
from learning.reporting.searching import is_found
from tests.cast import sign_in
from tests.learning.cascade.making import accredit
from tests.learning.certificates.making import make_version
from tests.learning.reporting.making import (
    crowd,
    enrol,
    enrol_all,
    give_certificate,
    hold,
    make_cohort,
)
from tests.learning.reporting.reading import in_csv, on_page

pytestmark = pytest.mark.django_db

CERTIFICATES, TRAINERS, PEOPLE = (
    f"/reports/{name}/" for name in ("certificates", "trainers", "people-register")
)


@pytest.fixture
def cohort(cast):
    return make_cohort(cast)


def rows(client, address):
    return on_page(client.get(address).content.decode())


def names(client, address, place=0):
    return [row[place] for row in rows(client, address)]


# --- searching -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("gul", "Nasreen Gul"),
        ("GUL nas", "Nasreen Gul"),
        ("علي", "علی رضا"),
        ("كريم", "کریم بخش"),
        ("نسرین‌گل", "نسرینگل"),
        ("07", "Officer ۰۷"),
        ("", "Anybody"),
    ],
)
def test_part_of_a_name_is_found_however_it_is_spelt(typed, name):
    assert is_found(typed, [name])


def test_a_word_that_is_no_part_is_not_found():
    assert not is_found("gul khan", ["Nasreen Gul"])


# --- certificates --------------------------------------------------------------------------------


def test_certificates_are_found_by_number_and_by_name_in_any_script(client, cast, cohort):
    enrolment = enrol(cohort, "Nasreen Gul")
    Person.objects.filter(pk=enrolment.person_id).update(
        names={"Latn": "Nasreen Gul", "Arab": "نسرین گل"}
    )
    enrolment.refresh_from_db()
    certificate = give_certificate(cast, enrolment)
    give_certificate(cast, enrol(cohort, "Bilal Khan"))
    sign_in(client, cast.programme_admin)

    for text in (certificate.serial, certificate.serial[-10:], "nasreen", "نسرين"):
        assert names(client, f"{CERTIFICATES}?q={text}") == [certificate.serial]
    assert len(rows(client, CERTIFICATES)) == 2


def test_certificates_have_their_state_and_are_filtered_by_it(client, cast, cohort):
    valid = give_certificate(cast, enrol(cohort, "Valid"))
    revoked = give_certificate(cast, enrol(cohort, "Revoked"), "attendance")
    revoke(revoked, by=None, code=CertificateFact.Code.ERROR, note="")
    sign_in(client, cast.programme_admin)

    assert names(client, f"{CERTIFICATES}?state=revoked") == [revoked.serial]
    assert names(client, f"{CERTIFICATES}?state=valid") == [valid.serial]
    assert names(client, f"{CERTIFICATES}?grade=attendance") == [revoked.serial]
    assert rows(client, f"{CERTIFICATES}?state=revoked")[0][-1] == "Revoked"


def test_certificates_of_another_scope_are_not_there(client, cast, cohort):
    give_certificate(cast, enrol(cohort, "Elsewhere", area_of_work=cast.cambodia))
    sign_in(client, cast.area_admin)

    assert "Nothing is found" in client.get(CERTIFICATES).content.decode()


# --- trainers ------------------------------------------------------------------------------------


@time_machine.travel("2026-06-01")
def test_trainers_have_accreditation_sessions_and_people(client, cast):
    accredit(cast)
    people = crowd(3)
    hold(cast, people, lead=cast.trainer.person)
    hold(cast, people[:2], lead=cast.trainer.person)
    hold(cast, crowd(4), lead=cast.trainer.person, state="reported")
    sign_in(client, cast.programme_admin)

    assert rows(client, TRAINERS) == [
        [
            *("Tariq Trainer", "Certified trainer", "Accredited until 31 December 2026"),
            *(3, 2, 3, "2 March 2026"),
        ]
    ]


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        ("2026-06-01", "valid", "Accredited until 31 December 2026"),
        ("2026-11-01", "ending", "Ends soon, on 31 December 2026"),
        ("2027-02-01", "ended", "Ended on 31 December 2026"),
    ],
)
def test_trainers_are_filtered_by_their_accreditation(client, cast, today, state, words):
    with time_machine.travel(today):
        accredit(cast)
        hold(cast, lead=enrol(make_cohort(cast), "Not accredited").person)
        sign_in(client, cast.programme_admin)

        assert [row[2] for row in rows(client, f"{TRAINERS}?state={state}")] == [words]
        assert names(client, f"{TRAINERS}?state=none") == ["Not accredited"]


def test_number_of_sessions_opens_their_list(client, cast):
    hold(cast, crowd(3), lead=cast.trainer.person)
    hold(cast, crowd(3), lead=cast.learner.person)
    sign_in(client, cast.programme_admin)
    address = f"/reports/sessions/?lead={cast.trainer.person.uuid}"

    assert address.replace("&", "&amp;") in client.get(TRAINERS).content.decode()
    assert names(client, address, place=3) == ["Tariq Trainer"]


def test_trainers_of_another_programme_are_not_there(client, cast):
    hold(cast, crowd(1), lead=cast.trainer.person, area="PK-SD")
    cast.trainer.person.area_of_work = cast.cambodia
    cast.trainer.person.save()
    sign_in(client, cast.area_admin)

    assert "Nothing is found" in client.get(TRAINERS).content.decode()


# --- people --------------------------------------------------------------------------------------


def test_people_have_what_they_took_part_in(client, cast, cohort):
    about = {"organisation": cast.institution, "area_of_work": cast.punjab}
    person = enrol(cohort, "Ayesha", **about).person
    hold(cast, [person])
    sign_in(client, cast.programme_admin)

    assert rows(client, f"{PEOPLE}?q=ayesha") == [
        ["Ayesha", "Test institution", "Punjab", "Working together", 1]
    ]


def test_names_lead_to_the_record_or_to_what_is_counted(client, cast, cohort):
    person = enrol(cohort, "Ayesha", area_of_work=cast.punjab).person

    for user, address in (
        (cast.system_admin, f"/admin/people/edit/{person.pk}/"),
        (cast.programme_admin, f"/reports/people/?person={person.uuid}"),
    ):
        sign_in(client, user)
        assert f'href="{address}"' in client.get(f"{PEOPLE}?q=ayesha").content.decode()
    own = client.get(f"{PEOPLE}?q=parveen").content.decode()
    assert "?person=" not in own  # counted nowhere


def test_what_is_not_stated_says_so(client, cast, cohort):
    enrol(cohort, "Nowhere")
    sign_in(client, cast.programme_admin)
    address = f"{PEOPLE}?q=nowhere"

    assert [row[1:3] for row in rows(client, address)] == [["Not stated", "Not stated"]]
    assert in_csv(client.get(f"{address}&file=csv").content) == rows(client, address)


def test_people_are_filtered_by_organisation_and_area(client, cast, cohort):
    enrol(cohort, "Here", organisation=cast.institution, area_of_work=cast.punjab)
    enrol(cohort, "Nowhere")
    sign_in(client, cast.programme_admin)

    assert names(client, f"{PEOPLE}?organisation=test-ssi&q=here") == ["Here"]
    assert names(client, f"{PEOPLE}?area=not-stated&q=here") == ["Nowhere"]


def test_merged_anonymous_and_erased_records_are_left_out(client, cast, cohort):
    kept = enrol(cohort, "Kept").person
    alias = enrol(make_cohort(cast, version=make_version("other", 72)), "Alias").person
    merge(kept, alias, "The same", None)
    enrol(cohort)
    sign_in(client, cast.programme_admin)

    own = cast.programme_admin.person.name()
    assert names(client, PEOPLE) == ["Kept", own]
    assert rows(client, PEOPLE)[0][3].count("Working together") == 2


def test_register_of_people_is_that_of_the_scope(client, cast, cohort):
    enrol(cohort, "Of the programme")
    Person.objects.create(names={"Latn": "Works here"}, area_of_work=cast.punjab)
    Person.objects.create(names={"Latn": "Works elsewhere"}, area_of_work=cast.cambodia)
    sign_in(client, cast.area_admin)

    found = names(client, f"{PEOPLE}?q=works")
    assert found == ["Works here"]
    assert "Of the programme" not in names(client, PEOPLE)


@pytest.mark.parametrize("address", [CERTIFICATES, TRAINERS, PEOPLE])
@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow(client, cast, cohort, django_assert_num_queries, address, many):
    for enrolment in enrol_all(cohort, crowd(many)):
        give_certificate(cast, enrolment)
        hold(cast, crowd(2), lead=enrolment.person)
    sign_in(client, cast.programme_admin)
    client.get("/reports/")

    with django_assert_num_queries({CERTIFICATES: 12, TRAINERS: 20, PEOPLE: 12}[address]):
        client.get(address)


@pytest.mark.parametrize("address", [CERTIFICATES, TRAINERS, PEOPLE])
def test_registers_come_in_parts_and_whole_as_files(client, cast, cohort, address):
    # The register of people has the administrator too.
    people = crowd(50 if address == PEOPLE else 51)
    if address == CERTIFICATES:
        for enrolment in enrol_all(cohort, people):
            give_certificate(cast, enrolment)
    elif address == TRAINERS:
        for person in people:
            hold(cast, lead=person)
    else:
        enrol_all(cohort, people)
    sign_in(client, cast.programme_admin)

    assert [len(rows(client, f"{address}?page={n}")) for n in (1, 2)] == [50, 1]
    assert len(in_csv(client.get(f"{address}?file=csv").content)) == 51
