import datetime as dt

import pytest
from django.core.management import call_command
from django.template import loader
from django.utils import translation

from modules.reference.interface import InterfaceTranslation, is_draft, list_languages

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


def confirm(language: str, **fields) -> InterfaceTranslation:
    row = InterfaceTranslation.objects.get(language=language)
    row.confirmed_on = DAY
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def test_every_language_but_english_has_a_row_once():
    assert list_languages() == 0
    InterfaceTranslation.objects.filter(language="lo").delete()

    call_command("load_site", verbosity=0)

    rows = InterfaceTranslation.objects.values_list("language", flat=True)
    assert list(rows) == ["km", "lo", "ur"]


def test_a_language_is_a_draft_until_it_is_confirmed():
    assert [is_draft(code) for code in ("en", "ur", "km", "lo")] == [False, True, True, True]

    confirm("ur")

    assert [is_draft(code) for code in ("en", "ur", "km", "lo")] == [False, False, True, True]


def test_a_language_without_a_row_is_a_draft():
    InterfaceTranslation.objects.all().delete()

    assert is_draft("ur")


def test_the_state_says_who_confirmed_and_when(cast):
    draft = InterfaceTranslation.objects.get(language="ur")

    assert (str(draft), draft.state) == ("Urdu", "draft, awaiting native review")
    assert confirm("ur", confirmed_by=cast.reviewer).state == (
        "confirmed by Rehan Reviewer on 21 November 2026"
    )


def test_the_day_stays_when_the_account_goes(cast):
    row = confirm("ur", confirmed_by=cast.reviewer)

    cast.reviewer.delete()

    row.refresh_from_db()
    assert row.state == "confirmed on 21 November 2026"


def test_the_footer_says_so_until_then(client):
    note = "a native speaker has still to confirm them"
    with translation.override("ur"):
        urdu = translation.gettext(
            "The words of this site’s buttons, menus and messages are a draft in this language; "
            "a native speaker has still to confirm them."
        )

    assert note not in client.get("/").text
    assert urdu in client.get("/ur/").text
    assert client.get("/ur/").text.count('<p class="small">') == 1


def test_kept_pages_lose_the_note_at_once(client, django_capture_on_commit_callbacks):
    before = client.get("/ur/").text

    with django_capture_on_commit_callbacks(execute=True):
        confirm("ur")

    after = client.get("/ur/").text
    assert before.count('<p class="small">') - after.count('<p class="small">') == 1


def test_english_costs_nothing_and_others_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not is_draft("en")
    with django_assert_num_queries(1):
        assert is_draft("ur")


def test_a_page_about_a_failed_database_asks_nothing(django_assert_num_queries):
    with translation.override("ur"), django_assert_num_queries(0):
        loader.render_to_string("503.html")
