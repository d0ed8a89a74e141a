"""Facts of rows without drafts: what changes in English is so in every language."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from learning.people.models import Role
from learning.people.roles import grant_role
from modules.courses.citing import figures_by_key
from modules.reference.models import GlossaryTerm, LegalFigure, Outcome
from modules.translating.standing import notes_of, with_standing
from tests.cast import sign_in
from tests.modules.translating.making import begin, say, urdu

pytestmark = pytest.mark.django_db

FIGURE = {
    "key": "pk.limit",
    "label": "Limit",
    "jurisdiction": "PK",
    "value": "100",
    "unit": "PKR per month",
    "valid_from": "2024",
    "valid_to": "",
    "basis": "Act",
    "source": "[E]",
    "checked_on": "2026-11-12",
    "note": "",
}
CHANGED = FIGURE | {
    "value": "120",
    "valid_from": "2027-01",
    "basis": "Act of 2026",
    "source": "[W1]",
    "checked_on": "2026-11-30",
}

WORDS = {"label", "note"}


@pytest.fixture
def figure(db) -> LegalFigure:
    """In English, and in Urdu as a file would have loaded it."""
    english = LegalFigure(locale=Locale.objects.get(language_code="en"), **FIGURE)
    english.save()
    own = LegalFigure(locale=Locale.objects.get(language_code="ur"), **FIGURE | {"label": "حد"})
    own.translation_key = english.translation_key
    own.save()
    return english


@pytest.fixture
def author(client, cast):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    return sign_in(client, cast.author)


def edit(client, row, facts) -> None:
    address = reverse("wagtailsnippets_modules_legalfigure:edit", args=[row.pk])
    assert client.post(address, facts).status_code == 302


def facts_of(row) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in FIGURE if name not in WORDS}


def notes() -> list[str]:
    return [note for one in with_standing(Translation.objects.all()) for note in notes_of(one)]


def test_a_value_changed_in_english_is_the_value_in_every_language(author, figure):
    edit(author, figure, CHANGED)

    own = urdu(figure)
    assert facts_of(own) == {name: CHANGED[name] for name in FIGURE if name not in WORDS}
    assert own.label == "حد"
    assert figures_by_key(["pk.limit"], "ur")["pk.limit"].value == "120"


def test_a_note_reads_in_english_until_it_is_translated(author, figure):
    edit(author, figure, FIGURE | {"note": "The start is not stated."})

    shown = figures_by_key(["pk.limit"], "ur")["pk.limit"]
    assert (shown.label, shown.note) == ("حد", "The start is not stated.")
    assert "English changed since" in notes()

    own = urdu(figure)
    own.note = "آغاز درج نہیں۔"
    own.save()
    assert figures_by_key(["pk.limit"], "ur")["pk.limit"].note == "آغاز درج نہیں۔"


def test_new_facts_alone_ask_for_no_translation(author, figure):
    edit(author, figure, CHANGED)

    assert notes() == []


def test_a_label_from_a_file_is_marked_when_english_changes(author, figure):
    edit(author, figure, FIGURE | {"label": "Upper limit"})

    assert notes() == ["English changed since"]
    assert urdu(figure).label == "حد"


def test_a_label_from_the_admin_is_marked_when_english_changes(author, db):
    english = LegalFigure(locale=Locale.objects.get(language_code="en"), **FIGURE)
    english.checked_on = dt.date(2026, 11, 12)
    english.save()
    translation = begin(english)
    say(translation, "Limit", "حد")
    translation.save_target(publish=True)

    edit(author, english, CHANGED)
    assert "English changed since" not in notes()
    assert urdu(english).value == "120"
    assert urdu(english).label == "حد"

    edit(author, english, CHANGED | {"label": "Upper limit"})
    assert "English changed since" in notes()
    assert Translation.objects.count() == 1


def test_facts_of_another_language_are_not_changed_on_their_own(author, figure):
    edit(author, urdu(figure), CHANGED | {"label": "اوپری حد"})

    own = urdu(figure)
    assert (own.label, own.value, own.valid_from) == ("اوپری حد", "100", "2024")
    figure.refresh_from_db()
    assert figure.value == "100"
    assert notes() == []


def test_outcomes_and_terms_share_their_facts_too(db):
    english = Locale.objects.get(language_code="en")
    outcome = Outcome.objects.create(
        course_code="trial", code="TR1", level="apply", title="Do it.", locale=english
    )
    term = GlossaryTerm.objects.create(key="fund", locale=english, term="fund")
    for row in (outcome, term):
        row.copy_for_translation(Locale.objects.get(language_code="ur")).save()

    outcome.level, term.key = "analyse", "pension fund"
    outcome.save()
    term.save()

    assert urdu(outcome).level == "analyse"
    assert urdu(term).key == "pension fund"
    assert urdu(term).term == "fund"
