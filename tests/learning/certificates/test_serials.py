import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.certificates.serials import (
    ALPHABET,
    canonical,
    check_character,
    course_mark,
    is_checked,
    make_serial,
    place_in_register,
    unbroken,
)

texts = st.text(ALPHABET, min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("A12425GABC1234002", "M"),  # the example of the Global Release Identifier
        ("00000000D07A0090", "Q"),  # the example of the International Standard Audiovisual Number
        ("000000018CFA0000", "I"),
    ],
)
def test_known_answers_of_mod_37_36(text, check):
    assert check_character(text) == check


@given(texts, st.data())
def test_one_wrong_character_is_always_noticed(text, data):
    checked = text + check_character(text)
    place = data.draw(st.integers(0, len(checked) - 1))
    wrong = data.draw(st.sampled_from([char for char in ALPHABET if char != checked[place]]))

    assert is_checked(checked)
    assert not is_checked(checked[:place] + wrong + checked[place + 1 :])


def test_serial_is_readable_and_checked():
    serial = make_serial("PK-CASC", "coordination", 2026, 123)

    assert serial == "PK-CASC-COOR-2026-000123-Y"
    assert place_in_register(canonical(serial)) == (2026, 123)


@pytest.mark.parametrize(
    ("code", "mark"),
    [("coordination", "COOR"), ("ict-data-management", "ICTD"), ("a-b", "AB")],
)
def test_course_mark(code, mark):
    assert course_mark(code) == mark


@pytest.mark.parametrize(
    "typed",
    [
        " pk-casc-coor-2026-000123-y ",
        "PK CASC COOR 2026 000123 Y",
        "PK–CASC–COOR–2026–000123–Y",
        "PK-CASC-COOR-٢٠٢٦-۰۰۰۱۲۳-Y",
        "ＰＫ-CASC-COOR-2026-000123-Y",
    ],
)
def test_typed_numbers_mean_the_same(typed):
    assert canonical(typed) == "PKCASCCOOR2026000123Y"


@pytest.mark.parametrize(
    "typed", ["", "-", "PK-CASC-COOR-2026-000123-C", "12345", "کوئی نمبر", "PK-CASC-COOR-2026-B"]
)
def test_what_is_no_number_has_no_place(typed):
    assert place_in_register(canonical(typed)) == (0, 0)


@given(st.text(max_size=60))
def test_reading_a_number_never_fails(typed):
    year, number = place_in_register(canonical(typed))

    assert year >= 0
    assert number >= 0


def test_numbers_in_a_sentence_stay_on_one_line():
    with_number = unbroken("Printed at the foot-note, for example PK-SSI-2026-000123-X.")

    assert with_number == "Printed at the foot-note, for example PK‑SSI‑2026‑000123‑X."


def test_unbroken_number_means_the_same_when_it_is_typed_off():
    assert canonical(unbroken("PK-SSI-2026-000123-X")) == "PKSSI2026000123X"
