"""That the check of the catalogues sees what the collector of texts may pass over."""

import pytest

from tests.translations import hidden_in


@pytest.mark.parametrize(
    "source",
    ["name = f'{_(\"a row\")}'", "name = f'{name} ({gettext(\"a row\").upper()})'"],
)
def test_a_text_marked_inside_an_f_string_is_noticed(source):
    assert list(hidden_in(f"\n{source}")) == [2]


def test_a_text_with_a_name_of_its_own_is_not():
    assert list(hidden_in("row = _('a row')\nname = f'{name} ({row})'")) == []
