import pytest
from wagtail.models import Locale, Page, Site

from modules.courses.models import HomePage
from modules.courses.trees import fill_trees, plant_site

pytestmark = pytest.mark.django_db


def test_a_home_page_in_every_language():
    homes = HomePage.objects.order_by("path").values_list("locale__language_code", "alias_of")

    assert list(homes) == [("en", None), ("ur", None), ("km", None), ("lo", None)]


def test_planting_again_makes_nothing_and_keeps_edits():
    HomePage.objects.filter(locale__language_code="en").update(lead="Edited by hand.")

    assert plant_site() == []
    assert HomePage.objects.get(locale__language_code="en").lead == "Edited by hand."


def test_site_leads_to_the_english_home():
    assert Site.objects.get(is_default_site=True).root_page.locale.language_code == "en"


def test_language_without_a_text_gets_an_alias_of_the_english_page():
    thai = Locale.objects.create(language_code="th")
    home = HomePage.objects.get(locale__language_code="en")

    (made,) = fill_trees(home)

    assert (made.locale, made.alias_of_id) == (thai, home.pk)


def test_aliases_come_from_english_pages_only():
    Locale.objects.create(language_code="th")
    urdu = HomePage.objects.get(locale__language_code="ur")

    assert fill_trees(urdu) == []


def test_drafts_are_told_from_reviewed_translations():
    urdu = HomePage.objects.get(locale__language_code="ur")
    english = HomePage.objects.get(locale__language_code="en")

    assert urdu.is_unreviewed_translation
    assert not english.is_unreviewed_translation
    urdu.review = "reviewed"
    assert not urdu.is_unreviewed_translation


def test_welcome_page_of_wagtail_is_gone():
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()
