"""Whether answers to one version of a question mean the same to another."""

from copy import deepcopy

import pytest

from modules.questions.fitting import fits
from tests.modules.questions.samples import ENGLISH, definition

PARTS = [
    (kind, name)
    for kind in ENGLISH
    for name, rows in definition(kind)["structure"].items()
    if isinstance(rows, list) and rows and isinstance(rows[0], dict)
]


def changed(kind, change):
    new = deepcopy(definition(kind))
    change(new)
    return new


@pytest.mark.parametrize("kind", ENGLISH)
def test_a_version_fits_itself_whatever_its_words_method_and_full_mark(kind):
    def change(new):
        new["texts"]["en"]["stem"] = "Other words?"
        new["method"], new["max"] = "another", "3"

    assert fits(definition(kind), changed(kind, change))


@pytest.mark.parametrize(("kind", "name"), PARTS)
def test_a_part_less_does_not_fit(kind, name):
    new = changed(kind, lambda new: new["structure"][name].pop())

    assert not fits(definition(kind), new)
    assert not fits(new, definition(kind))


@pytest.mark.parametrize("kind", ["single", "multiple", "truefalse", "scenario"])
def test_another_key_and_another_order_of_options_fit(kind):
    def change(new):
        for option in new["structure"]["options"]:
            option["correct"] = not option["correct"]
        new["structure"]["options"].reverse()

    assert fits(definition(kind), changed(kind, change))


def test_another_kind_does_not_fit():
    assert not fits(definition("single"), definition("scenario"))


def test_gaps_that_changed_places_do_not_fit():
    swapped = changed("cloze", lambda new: new["structure"]["gaps"].reverse())

    assert not fits(definition("cloze"), swapped)


def test_another_number_fits():
    assert fits(
        definition("numeric"), changed("numeric", lambda new: new["structure"].update(answer="9"))
    )
