"""Every question that we ship goes out and comes in again; what is lost is listed, no more."""

from collections import Counter

import pytest

from modules.interchange.drafts import Draft, held_all
from modules.interchange.formats import FORMATS
from modules.interchange.joining import is_same
from modules.questions.definitions import from_tables
from tests.modules.interchange.drafting import without_lines
from tests.modules.questions.test_library import FILES, questions

LOSSES = {
    "moodle": {"example", "kind", "middle", "part_feedback", "title"},
    "qti30": {"example", "kind", "method", "title", "words"},
}


@pytest.fixture(scope="module")
def bank():
    return [
        Draft(
            key=key,
            definition=from_tables(table, {}),
            outcome=table["outcome"],
            level=table["level"],
            category=f"{file.parts[-3]}/{table['outcome']}",
            line=1,
        )
        for file in FILES
        for key, table in questions(file).items()
    ]


@pytest.mark.parametrize("name", LOSSES)
def test_the_whole_bank(name, bank):
    form = FORMATS[name]
    held = list(held_all(bank, form.hold))
    kept = [one.draft for one in held if one.draft]

    read = form.read(form.write(kept, "en"))

    assert len(kept) == len(bank) > 300
    assert Counter(one.code for one in read.remarks if one.verdict == "refused") == {}
    back = {one.key: one for one in without_lines(read)}
    assert back == {one.key: Draft(**{**vars(one), "line": 0}) for one in kept}
    assert all(is_same(back[old.key], old, form.hold) for old in bank)
    codes = {loss.code for one in held for loss in one.losses}
    assert codes == LOSSES[name]
