"""Questions, terms, figures and outcomes by segments: their words are offered, nothing else."""

import datetime as dt

import pytest
from wagtail.models import Locale

from modules.reference.models import GlossaryTerm, LegalFigure, Outcome
from tests.modules.questions.making import make
from tests.modules.questions.samples import in_set
from tests.modules.translating.making import begin, segments_of, urdu

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(db) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("numeric", ("answer", "min", "max")),
        ("matching", ("premises", "responses")),
        ("short", ("rubric",)),
        ("multiple_truefalse", ("statements",)),
        ("hotspot", ("picture", "options")),
    ],
)
def test_facts_of_a_question_are_no_segments(kind, facts):
    question = make("a-question", kind)

    segments = segments_of(begin(question))

    table = question.table
    plain = [table[name] for name in facts if isinstance(table[name], str)]
    keys = [
        part.get("key", part.get("mark"))
        for n in facts
        for part in table[n]
        if isinstance(part, dict)
    ]
    assert segments
    assert not set(plain + keys) & set(segments)


def test_what_a_picture_shows_is_said_anew_in_each_language_and_a_set_is_not():
    picture = make("a-picture", "hotspot")
    case = make("a-case", "scenario", **in_set("What now?"))

    assert "Two boxes with a line between them." in segments_of(begin(picture))
    assert "A fund has two laws." in segments_of(begin(case))
    assert "two-laws" not in segments_of(begin(case))
    assert urdu(case).table["set"] == "two-laws"
    assert urdu(picture).table["picture"] == picture.table["picture"]


def test_term_in_another_language_begins_unconfirmed(english):
    term = GlossaryTerm.objects.create(
        key="fund",
        locale=english,
        term="fund",
        definition="Money.",
        source="[E]",
        confidence="found",
    )

    translation = begin(term)

    own = urdu(term)
    assert segments_of(translation) == ["fund", "Money."]
    assert (own.key, own.confidence, own.source) == ("fund", "draft", "")


def test_figure_offers_its_label_alone(english):
    figure = LegalFigure.objects.create(
        key="pk.limit",
        locale=english,
        label="Limit",
        jurisdiction="PK",
        value="100",
        unit="PKR per month",
        basis="Act",
        source="[E]",
        checked_on=dt.date(2026, 11, 12),
    )

    assert segments_of(begin(figure)) == ["Limit"]


def test_changed_figure_is_followed_at_once(english):
    outcome = Outcome.objects.create(
        course_code="trial", code="TR1", level="apply", title="Do it.", locale=english
    )
    translation = begin(outcome)

    outcome.title = "Do it well."
    outcome.save()

    assert segments_of(translation) == ["Do it well."]
