"""Codes on stickers: what is mistyped is noticed, and so is a sticker of another session."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.cascade.stickers import (
    HIGHEST,
    LETTERS,
    SIGNS,
    Slip,
    check_signs,
    read_slip,
    read_sticker,
    slip_text,
    sticker_code,
)

SESSION = uuid.UUID(int=5)
numbers = st.integers(min_value=1, max_value=HIGHEST)
places = st.integers(min_value=0, max_value=2)


def typed(number: int, digits: str) -> str:
    """The sticker of `number` with other digits on it."""
    return f"{digits}-{sticker_code(number, SESSION)[-1]}"


@given(numbers, st.uuids())
def test_every_code_is_read_back(number, session):
    assert read_sticker(sticker_code(number, session), session) == number


@given(numbers, places, st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(number, place, digit):
    digits = f"{number:03d}"
    wrong = digits[:place] + digit + digits[place + 1 :]

    assert (read_sticker(typed(number, wrong), SESSION) is None) == (wrong != digits)


@given(numbers, st.tuples(places, places))
def test_two_exchanged_digits_are_noticed(number, pair):
    digits = list(f"{number:03d}")
    one, other = pair
    digits[one], digits[other] = digits[other], digits[one]
    wrong = "".join(digits)

    assert (read_sticker(typed(number, wrong), SESSION) is None) == (int(wrong) != number)


@given(numbers, st.integers(min_value=1, max_value=len(LETTERS) - 1))
def test_sticker_of_another_session_is_noticed(number, apart):
    other = uuid.UUID(int=SESSION.int + apart)

    assert read_sticker(sticker_code(number, other), SESSION) is None


@pytest.mark.parametrize("text", ["07-N", " 7 n", "07n", "007.N", "7–n"])
def test_a_code_is_read_however_it_is_typed(text):
    assert sticker_code(7, SESSION) == "07-N"
    assert read_sticker(text, SESSION) == 7


@pytest.mark.parametrize("text", ["", "07", "N", "07-M", "1007-N", "07-N-1"])
def test_other_texts_are_no_stickers(text):
    assert read_sticker(text, SESSION) is None


def test_letters_look_like_no_digits():
    assert not set(LETTERS) & set("IOS")
    assert len(set(LETTERS)) == 23


# --- answer slips


def test_check_signs_are_those_of_the_standard():
    assert check_signs("ISO79") == "3W"  # the example of ISO 7064 for MOD 1271-36


@given(numbers, st.uuids(), st.sampled_from(["pre", "post"]), st.sampled_from("AB"))
def test_every_slip_is_read_back_and_leads_to_its_sticker(number, session, purpose, label):
    text = slip_text(session, purpose, label, sticker_code(number, session))

    assert read_slip(f" {text.lower()} ", session) == Slip(purpose, label, number)
    assert read_sticker(text, session) == number


@given(numbers, st.data())
def test_one_wrong_sign_of_a_slip_is_noticed(number, data):
    text = slip_text(SESSION, "pre", "A", sticker_code(number, SESSION))
    place = data.draw(st.integers(17, len(text) - 1).filter(lambda at: text[at] in SIGNS))
    sign = data.draw(st.sampled_from(SIGNS).filter(lambda sign: sign != text[place]))

    assert read_slip(text[:place] + sign + text[place + 1 :], SESSION) is None


@given(numbers, st.uuids())
def test_slip_of_another_session_is_noticed_though_its_name_begins_alike(number, other):
    alike = uuid.UUID(hex=SESSION.hex[:8] + other.hex[8:])
    text = slip_text(alike, "pre", "A", sticker_code(number, alike))
    read = read_slip(text, SESSION)

    assert read is None or alike.int % (1271 * len(LETTERS)) == SESSION.int % (1271 * len(LETTERS))


def test_spare_slip_says_its_test_and_has_no_number():
    text = slip_text(SESSION, "post", "B")

    assert read_slip(text, SESSION) == Slip("post", "B", None)
    assert read_sticker(text, SESSION) is None
