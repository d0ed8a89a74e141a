"""What authors set in the form of a question stays as they set it."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.blocks import StreamBlockValidationError
from wagtail.images.models import Image
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from learning.people.models import Role
from learning.people.roles import grant_role
from modules.questions.editor_parts import METHODS
from modules.questions.editors import DefinitionBlock, as_plain
from modules.questions.kinds import KINDS
from modules.questions.models import Question
from modules.questions.pictures import Frame, frame_of
from modules.reference.drawings import check_picture
from tests.cast import sign_in
from tests.modules.questions.samples import ENGLISH, english, in_set

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


def image_of(width: int, height: int) -> Image:
    """Noise, which does not get small."""
    pixels = Picture.effect_noise((width, height), 90).convert("RGB")
    file = io.BytesIO()
    pixels.save(file, "PNG")
    return Image.objects.create(title="Noise", file=ImageFile(file, name="noise.png"))


def hotspot_with(**changes) -> Any:
    question = make_question("hotspot")
    return question, question.definition.stream_block.clean(with_value(question, changes))


def with_value(question: Question, changes: dict[str, Any]) -> Any:
    value = question.definition[0].value
    for name, said in changes.items():
        value[name] = said
    return question.definition


@pytest.mark.parametrize(("size", "widest"), [((300, 200), 300), ((1600, 900), 1000)])
def test_an_image_that_was_chosen_becomes_the_picture(size, widest, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    question, cleaned = hotspot_with(image=image_of(*size), picture="", file="figures/old.svg")
    question.definition = cleaned

    table = question.table
    frame = frame_of(table["picture"])
    assert 320 <= frame.width <= widest or frame.width == size[0]
    assert abs(frame.width / frame.height - size[0] / size[1]) < 0.02
    assert "image" not in table
    assert "file" not in table
    check_picture(table["picture"])
    assert len(table["picture"]) < 90_000


def test_a_picture_is_needed_and_a_hostile_one_refused():
    for picture, said in [("", "Choose an image, or give a drawing."), ("<svg/>", "viewBox")]:
        with pytest.raises(StreamBlockValidationError) as refused:
            hotspot_with(picture=picture)
        assert said in str(refused.value.as_json_data())


@pytest.mark.parametrize("x", ["101", "-1", "left", "10.555", "1,5", ""])
def test_a_place_lies_in_the_picture(x):
    question = make_question("hotspot")
    question.definition[0].value["options"][0]["x"] = x

    with pytest.raises(StreamBlockValidationError):
        question.definition.stream_block.clean(question.definition)


def rows(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """A list of parts as its form sends it."""
    fields = {
        str(n): {"deleted": "", "order": str(n), "id": "", "value": part}
        for n, part in enumerate(parts)
    }
    return {"count": str(len(parts)), **fields}


def posted(key: str, kind: str, **value: Any) -> dict[str, str]:
    """The form of a question, filled in."""
    table = english(kind) | {"method": KINDS[kind].DEFAULT_METHOD, "full_mark": "1"} | value
    del table["kind"]
    for name, part in table.items():
        if isinstance(part, list):
            sent = [{k: v for k, v in row.items() if v is not False} for row in part]
            table[name] = rows(sent)
    beside = {"outcome": "CO1", "level": "apply", "use": "practice", "review": "draft"}
    return nested_form_data({"key": key, **beside, "definition": streamfield([(kind, table)])})


@pytest.fixture
def author(client, cast):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)
    return client


def add(author, key: str, kind: str, **value: Any) -> str:
    """What the admin says after the question was saved, or instead."""
    address = reverse("wagtailsnippets_modules_question:add")
    return author.post(address, posted(key, kind, **value), follow=True).content.decode()


def test_an_author_makes_a_question_of_an_image_of_the_site(author, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = image_of(300, 200)

    add(author, "q-place", "hotspot", image=str(image.pk), picture="", file="")

    saved = Question.objects.get().get_latest_revision_as_object()
    image.delete()
    assert frame_of(saved.table["picture"]) == Frame(0, 0, 300, 200)
    assert saved.table == english("hotspot") | {"picture": saved.table["picture"]}


def test_an_author_makes_a_question_of_several_statements(author):
    add(author, "q-truths", "multiple_truefalse")

    saved = Question.objects.get().get_latest_revision_as_object()
    assert saved.table == english("multiple_truefalse")


def test_an_author_is_told_where_a_place_cannot_be(author):
    places = english("hotspot")["options"]
    places[0]["radius"] = "0.5"

    page = add(author, "q-place", "hotspot", image="", file="", options=places)

    assert "the radius is from 1 to 50 per cent" in page
    assert not Question.objects.exists()


def test_an_author_is_told_that_the_cases_of_a_set_differ(author):
    assert "with another case" not in add(author, "q-one", "scenario", **in_set("One?"))

    page = add(author, "q-two", "scenario", **in_set("Two?", case="Another."))

    assert "In the same set, but with another case: q-one. Make the cases equal." in page
    assert Question.objects.count() == 2


@pytest.mark.parametrize("kind", ["cloze", "essay", "teachback"])
def test_a_stored_question_opens_with_its_parts(client, cast, kind):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)
    question = make_question(kind)
    question.save()

    page = client.get(reverse("wagtailsnippets_modules_question:edit", args=[question.pk])).text

    assert {"cloze": "Half of all."}.get(kind, "Plain words throughout.") in page
