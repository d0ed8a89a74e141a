"""Out and in again: what a format holds comes back as it was; what it does not hold is listed."""

import pytest
from hypothesis import given

from modules.interchange.drafts import Draft
from modules.interchange.formats import FORMATS
from modules.interchange.holding import in_language
from modules.questions.kinds import KINDS, kind_of
from modules.questions.shapes import SOURCE
from tests.modules.interchange.drafting import drafts, without_lines
from tests.modules.questions.strategies import trials


@pytest.mark.parametrize("name", FORMATS)
@trials
@given(any_draft=drafts())
def test_what_is_held_comes_back(name, any_draft):
    form = FORMATS[name]
    draft = any_draft if form.many_languages else in_language(any_draft, SOURCE)

    held = form.hold(draft)

    if held.draft is None:
        assert [loss.code for loss in held.losses] == ["no_kind"]
        return
    read = form.read(form.write([held.draft], ""))
    assert without_lines(read) == [held.draft]
    assert form.hold(held.draft) == type(held)(held.draft)


@pytest.mark.parametrize("name", FORMATS)
@trials
@given(any_draft=drafts())
def test_where_no_loss_is_listed_the_marks_are_the_same(name, any_draft):
    form = FORMATS[name]
    draft = in_language(any_draft, SOURCE)
    held = form.hold(draft)

    if held.draft is None or held.losses:
        return
    was, now = draft.definition, held.draft.definition
    assert (now["kind"], now["method"], now["max"]) == (was["kind"], was["method"], was["max"])
    assert marks(now) == marks(was)
    assert Draft(**{**vars(held.draft), "definition": was}) == draft


def marks(definition):
    """What is right, told without the keys of parts, which a format may not hold."""
    kind, structure = definition["kind"], definition["structure"]
    right = kind_of(definition).right(definition)
    if kind in ("single", "scenario", "hotspot", "truefalse"):
        return [option["correct"] for option in structure["options"]]
    if kind == "multiple":
        return [option["correct"] for option in structure["options"]]
    if kind == "numeric":
        return KINDS["numeric"].bounds(structure)
    if kind == "multiple_truefalse":
        return [row["correct"] for row in structure["statements"]]
    if kind == "matching":
        words = definition["texts"][SOURCE]["responses"]
        return [words[match]["text"].split() for match in right.values()]
    return right.split() if isinstance(right, str) else len(right or ())
