"""What comes back changed keeps what the format could not say; what is unchanged is the same."""

import pytest
from hypothesis import given

from modules.interchange.formats import FORMATS
from modules.interchange.holding import changed, in_language
from modules.interchange.joining import is_same, joined
from modules.questions.shapes import SOURCE
from tests.modules.interchange.drafting import draft, drafts
from tests.modules.questions.strategies import trials


def with_stem(one, text):
    return changed(one, lambda table, lang: table.update(stem=text))


@pytest.mark.parametrize("name", FORMATS)
@trials
@given(any_draft=drafts())
def test_a_journey_changes_what_was_changed_and_nothing_else(name, any_draft):
    hold, old = FORMATS[name].hold, in_language(any_draft, SOURCE)
    held = hold(old).draft
    if held is None:
        return

    assert is_same(held, old, hold)
    back = with_stem(held, f"{held.stem} Now?")
    assert not is_same(back, old, hold)
    full = joined(back, old, hold, keeps_keys=FORMATS[name].keeps_keys)

    if full.kind == old.kind:
        assert full.stem.endswith("Now?")
        assert with_stem(full, "?").definition == with_stem(old, "?").definition
    else:
        # Went out as another kind, so what came back is that kind.
        assert full.definition == back.definition


def test_a_new_option_gets_a_name_of_its_own():
    hold = FORMATS["moodle"].hold
    old = draft("multiple", key="co-old")
    more = {"key": "f", "correct": False, "text": "Body f", "feedback": "Why f."}

    def add_first(table, lang):
        table["options"] = [{**more, "key": "new"}, *table["options"]]

    back = hold(changed(old, add_first)).draft
    full = joined(back, old, hold, keeps_keys=False)

    keys = [row["key"] for row in full.definition["structure"]["options"]]
    assert keys[1:] == ["a", "b", "c", "d", "e"]
    assert keys[0] not in keys[1:]


def test_a_case_that_was_told_first_is_a_case_again():
    hold = FORMATS["gift"].hold
    old = draft("scenario", set="office")
    back = hold(old).draft
    full = joined(with_stem(back, back.stem.replace("What now?", "And now?")), old, hold,
                  keeps_keys=False)  # fmt: skip
    assert full.definition == with_stem(old, "And now?").definition
