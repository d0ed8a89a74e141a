"""What authors set in the form of a question stays as they set it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from learning.people.models import Role
from learning.people.roles import grant_role
from modules.questions.editors import METHODS, DefinitionBlock, as_plain
from modules.questions.kinds import KINDS
from modules.questions.models import Question
from tests.cast import sign_in
from tests.modules.questions.samples import ENGLISH, english

pytestmark = pytest.mark.django_db


def make_question(kind: str, **marking: str) -> Question:
    """A question of the bank whose editor holds the sample of this kind."""
    value = {name: part for name, part in english(kind).items() if name != "kind"} | marking
    question = Question(key=f"q-{kind}", locale=Locale.objects.get(language_code="en"))
    question.outcome, question.level = "CO1", "apply"
    question.definition = [{"type": kind, "value": value}]
    return question


@pytest.mark.parametrize("kind", ENGLISH)
def test_usual_marking_is_filled_in_and_not_written_down(kind):
    question = make_question(kind)
    value = question.definition[0].value

    assert value["full_mark"] == "1"
    assert value.get("method", KINDS[kind].DEFAULT_METHOD) == KINDS[kind].DEFAULT_METHOD
    assert question.table == english(kind)


@pytest.mark.parametrize(
    ("kind", "method"),
    [(kind, m) for kind, module in KINDS.items() for m in module.METHODS if m in METHODS],
)
def test_every_method_can_be_chosen_and_is_kept(kind, method):
    question = make_question(kind, method=method, full_mark="2.5")

    question.definition.stream_block.clean(question.definition)

    assert question.table["full_mark"] == "2.5"
    assert question.table.get("method", KINDS[kind].DEFAULT_METHOD) == method


@pytest.mark.parametrize("kind", ENGLISH)
def test_form_takes_every_sample_as_it_is(kind):
    question = make_question(kind)

    cleaned = question.definition.stream_block.clean(question.definition)

    assert as_plain(cleaned[0].value) == as_plain(question.definition[0].value)
    question.clean()


def test_only_kinds_with_one_method_offer_no_choice():
    without = {
        n for n, b in DefinitionBlock().child_blocks.items() if "method" not in b.child_blocks
    }

    assert without == {"numeric", "essay", "teachback"}


@pytest.mark.parametrize("full_mark", ["0", "0.0", "-1", "1,5", "one", ""])
def test_a_full_mark_is_a_number_above_nothing(full_mark):
    question = make_question("single", full_mark=full_mark)

    with pytest.raises(ValidationError):
        question.definition.stream_block.clean(question.definition)


def test_what_is_missing_is_called_as_the_form_calls_it():
    question = make_question("single", feedback="")

    with pytest.raises(ValidationError, match="“What everybody should take away” is missing"):
        question.clean()


def test_a_key_that_is_taken_is_refused_in_the_form_and_not_by_the_table():
    make_question("single").save()
    again = make_question("single")

    with pytest.raises(ValidationError, match="This is taken already"):
        again.clean()
    again.locale = Locale.objects.get(language_code="ur")
    again.clean()
    Question.objects.get().clean()


def test_a_question_is_found_by_its_key(client, cast):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)
    for kind in ("single", "numeric"):
        make_question(kind).save()

    page = client.get(reverse("wagtailsnippets_modules_question:list"), {"q": "q-num"})

    assert "q-numeric" in page.content.decode()
    assert "q-single" not in page.content.decode()


def test_an_unknown_method_is_refused():
    question = make_question("single", method="by_luck")

    with pytest.raises(ValidationError, match='"by_luck" is not one of right_or_wrong, penalised'):
        question.clean()
    with pytest.raises(ValidationError):
        question.definition.stream_block.clean(question.definition)


def test_the_form_explains_the_marking(client, cast):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)

    page = client.get(reverse("wagtailsnippets_modules_question:add")).text

    assert "A share for the longest run of steps in the right order" in page
    assert "What a full answer counts in a test. Usually 1." in page


@pytest.mark.parametrize("kind", ["cloze", "essay", "teachback"])
def test_a_stored_question_opens_with_its_parts(client, cast, kind):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)
    question = make_question(kind)
    question.save()

    page = client.get(reverse("wagtailsnippets_modules_question:edit", args=[question.pk])).text

    assert {"cloze": "Half of all."}.get(kind, "Plain words throughout.") in page
