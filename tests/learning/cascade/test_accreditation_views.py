"""The register of accreditations, granting, renewing and withdrawing."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from learning.cascade.accrediting import withdraw
from learning.cascade.models import Accreditation
from learning.people.models import Person, Programme
from tests.cast import make_user, sign_in
from tests.learning.cascade.making import accredit, make_event

pytestmark = pytest.mark.django_db

REGISTER, NEW = "/training/accreditation/", "/training/accreditation/new/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def admin(cast) -> Client:
    return sign_in(Client(), cast.programme_admin)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def form(cast, **fields) -> dict:
    """What the form sends for the trainer of the cast."""
    return {
        "fact": uuid.uuid4(),
        "person": cast.trainer.person.pk,
        "programme": cast.programme.pk,
        "level": "trainer",
        "valid_from": "2026-03-01",
        "valid_until": "",
        "reason": "Observed twice",
    } | fields


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


# --- the register --------------------------------------------------------------------------------


def test_register_names_person_level_days_state_reason_and_who(admin, cast, today):
    admin.post(NEW, form(cast, valid_from=today, level="master"))

    text = admin.get(REGISTER).content.decode()

    for words in ("Tariq Trainer", "Master trainer, <bdi>Test programme</bdi>", "Valid",
                  "Observed twice", "by Parveen Programme", "1 entry"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [(-9, 9, "Ends within 90 days"), (-9, -1, "Over"), (1, 9, "Begins later"), (0, 200, "Valid")],
)
def test_state_of_today_in_words(admin, cast, today, begins, ends, words):
    accredit(cast, days=(today + begins * DAY, today + ends * DAY))

    (row,) = admin.get(REGISTER).context["rows"]

    assert str(row[1].label).capitalize() == words


def test_withdrawn_it_stays_with_both_reasons(admin, cast):
    granted = accredit(cast)

    admin.post(f"{REGISTER}{granted.pk}/withdraw/", {"reason": "Sold certificates"})

    text = admin.get(REGISTER).content.decode()
    assert "Withdrawn" in text
    assert "Observed twice" in text
    assert "Sold certificates" in text
    assert "/withdraw/" not in text


def test_filters_stand_in_the_address(admin, cast, today):
    other = Programme.objects.create(code="other", area=cast.pakistan)
    own = accredit(cast, days=(today, today + 200 * DAY))
    over = accredit(cast, days=(today - 9 * DAY, today - DAY))
    withdraw(accredit(cast), "Ended", None)
    accredit(cast, programme=other)

    def shown(query: str) -> list[Accreditation]:
        return [row for row, _validity in admin.get(REGISTER + query).context["rows"]]

    assert len(shown("")) == 3
    assert shown("?state=valid") == [own]
    assert shown("?state=over&programme=test-programme") == [over]
    assert len(shown("?state=withdrawn")) == 1
    assert shown("?state=later") == []
    assert len(shown("?state=nonsense&programme=other")) == 3


def test_a_trainer_sees_her_own_and_decides_nothing(cast):
    accredit(cast)
    accredit(cast, cast.learner.person)
    client = sign_in(Client(), cast.trainer)

    text = client.get(REGISTER).content.decode()

    assert "Tariq Trainer" in text
    assert "Lubna" not in text
    assert "/new/" not in text
    assert "/withdraw/" not in text
    assert client.get(NEW).status_code == 403


def test_empty_register_says_how_it_begins(admin):
    assert "Nobody is accredited yet" in admin.get(REGISTER).content.decode()
    filtered = admin.get(f"{REGISTER}?state=over").content.decode()
    assert "No accreditation is in this state" in filtered


def test_long_registers_have_pages_that_keep_the_filter(admin, cast, monkeypatch):
    monkeypatch.setattr("learning.cascade.accreditation_views.ON_A_PAGE", 1)
    for _ in range(2):
        accredit(cast)

    text = admin.get(f"{REGISTER}?programme=test-programme").content.decode()

    assert "1–1 of 2" in text
    assert "?programme=test-programme&amp;page=2" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(admin, cast, rows, django_assert_num_queries):
    for n in range(rows):
        user = make_user(f"t{n}", f"Trainer {n}", cast.punjab)
        withdraw(accredit(cast, user.person), "Ended", cast.system_admin)
    admin.get(REGISTER)

    with django_assert_num_queries(9):
        admin.get(REGISTER)


# --- granting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "ends"),
    [("candidate", "2027-02-28"), ("trainer", "2028-02-29"), ("master", "2029-02-28")],
)
def test_granted_for_the_usual_time_of_the_level(admin, cast, level, ends):
    response = admin.post(NEW, form(cast, level=level))

    assert response["Location"] == REGISTER
    granted = Accreditation.objects.get()
    assert (granted.person, granted.level) == (cast.trainer.person, level)
    assert granted.valid_until == dt.date.fromisoformat(ends)
    assert (granted.reason, granted.recorded_by) == ("Observed twice", cast.programme_admin)


def test_granted_for_the_days_that_are_written(admin, cast):
    admin.post(NEW, form(cast, valid_until="2026-03-01"))

    assert Accreditation.objects.get().valid_until == dt.date(2026, 3, 1)


def test_pressed_twice_it_is_granted_once(admin, cast):
    sent = form(cast)

    for _ in range(2):
        assert admin.post(NEW, sent).status_code == 302

    assert Accreditation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"reason": ""}, "reason", "required"),
        ({"valid_until": "2026-02-28"}, "valid_until", "before the first"),
        ({"level": "grand"}, "level", "valid choice"),
        ({"person": ""}, "person", "Choose somebody, or write an account."),
        ({"account": "somebody"}, "account", "not both"),
        ({"person": "", "account": "nobody"}, "account", "No account of this name"),
        ({"valid_from": "1 March"}, "valid_from", "valid date"),
    ],
)
def test_what_is_missing_is_said_and_nothing_granted(admin, cast, fields, field, words):
    response = admin.post(NEW, form(cast, **fields))

    assert words in " ".join(errors(response)[field])
    assert list(errors(response)) == [field]
    assert not Accreditation.objects.exists()


@pytest.mark.parametrize("account", ["newcomer", " NEWCOMER ", "New.Comer@example.org"])
def test_somebody_outside_the_list_by_her_account(admin, cast, account):
    user = make_user("newcomer", "Nadia Newcomer", cast.punjab)
    EmailAddress.objects.create(user=user, email="new.comer@example.org", verified=True)
    assert user.person not in admin.get(NEW).context["form"].fields["person"].queryset

    admin.post(NEW, form(cast, person="", account=account))

    assert Accreditation.objects.get().person == user.person


@pytest.mark.parametrize("why_not", ["abroad", "unconfirmed", "inactive"])
def test_accounts_that_are_not_found(admin, cast, why_not):
    place = cast.cambodia if why_not == "abroad" else cast.punjab
    user = make_user("newcomer", "Nadia Newcomer", place)
    EmailAddress.objects.create(user=user, email="n@example.org", verified=False)
    if why_not == "inactive":
        user.is_active = False
        user.save()
    account = "n@example.org" if why_not == "unconfirmed" else "newcomer"

    response = admin.post(NEW, form(cast, person="", account=account))

    assert "account" in errors(response)


def test_nobody_accredits_herself_by_her_account_either(admin, cast):
    own = cast.programme_admin.person.pk
    assert "valid choice" in " ".join(errors(admin.post(NEW, form(cast, person=own)))["person"])

    response = admin.post(NEW, form(cast, person="", account="programme_admin"))

    assert "her own accreditation" in " ".join(errors(response)["__all__"])
    assert not Accreditation.objects.exists()


def test_who_stands_in_the_list(admin, cast):
    make_event(cast, team=[(cast.trainer.person, "lead"), (cast.learner.person, "co")])
    earlier = Person.objects.create(names={"Latn": "Earlier"}, area_of_work=cast.punjab)
    accredit(cast, earlier)
    Person.objects.create(names={"Latn": "Stranger"}, area_of_work=cast.punjab)

    listed = admin.get(NEW).context["form"].fields["person"].queryset

    assert [str(one) for one in listed] == ["Earlier", "Lubna Learner", "Tariq Trainer"]


def test_renewing_goes_on_from_the_old_end(admin, cast, today):
    granted = accredit(cast, level="master", days=(today - 9 * DAY, today + 9 * DAY))

    begun = admin.get(f"{NEW}?renew={granted.pk}").context["form"]

    assert begun["valid_from"].value() == today + 10 * DAY
    assert (begun["person"].value(), begun["level"].value()) == (granted.person_id, "master")


def test_renewing_what_is_over_begins_today(admin, cast, today):
    granted = accredit(cast, days=(today - 9 * DAY, today - 5 * DAY))

    assert admin.get(f"{NEW}?renew={granted.pk}").context["form"]["valid_from"].value() == today


@pytest.mark.parametrize("renew", ["nonsense", ""])
def test_nothing_to_renew_is_an_empty_form(admin, cast, renew):
    begun = admin.get(f"{NEW}?renew={renew}").context["form"]

    assert begun["person"].value() is None


# --- withdrawing ---------------------------------------------------------------------------------


def test_withdrawing_needs_a_reason(admin, cast):
    granted = accredit(cast)

    response = admin.post(f"{REGISTER}{granted.pk}/withdraw/", {"reason": " "})

    assert list(errors(response)) == ["reason"]
    assert Accreditation.objects.count() == 1


def test_a_programme_and_days_stand_apart_in_an_urdu_line(admin, cast):
    granted = accredit(cast)

    page = admin.get(f"/ur{REGISTER}{granted.pk}/withdraw/").text
    line = page.split('<p class="lead">')[1].split("</p>")[0]

    assert "، <bdi>Test programme</bdi>، <bdi>" in line
    assert line.count("<bdi>") == line.count("</bdi>") == 3  # the person before them


def test_a_second_time_the_page_says_so(admin, cast):
    granted = accredit(cast)
    address = f"{REGISTER}{granted.pk}/withdraw/"
    for _ in range(2):
        admin.post(address, {"reason": "Stopped training"})

    assert "withdrawn already" in admin.get(address).content.decode()
    assert Accreditation.objects.filter(what="withdrawn").count() == 1


def test_nobody_withdraws_or_renews_her_own(admin, cast):
    own = accredit(cast, cast.programme_admin.person)

    assert admin.get(f"{REGISTER}{own.pk}/withdraw/").status_code == 404
    assert admin.get(f"{NEW}?renew={own.pk}").status_code == 404
    assert f"{own.pk}/withdraw/" not in admin.get(REGISTER).content.decode()


def test_a_withdrawal_is_no_grant_to_withdraw(admin, cast):
    ended = withdraw(accredit(cast), "Ended", None)

    assert admin.get(f"{REGISTER}{ended.pk}/withdraw/").status_code == 404
