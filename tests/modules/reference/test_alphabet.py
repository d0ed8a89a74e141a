"""The order of the dictionary."""

import pytest

from modules.reference.alphabet import URDU, dictionary_order


def test_letters_of_urdu_that_arabic_does_not_have_stand_in_their_place():
    words = [
        *("اجرت", "اپیل", "ایمنسٹی", "ڈائریکٹوریٹ", "دانستہ"),
        *("رازداری", "پنشن", "تحفظ", "گرانٹ", "لواحقین"),
    ]

    assert sorted(words, key=dictionary_order) == [
        *("اپیل", "اجرت", "ایمنسٹی", "پنشن", "تحفظ", "دانستہ", "ڈائریکٹوریٹ"),
        *("رازداری", "گرانٹ", "لواحقین"),
    ]


def test_each_letter_has_one_place():
    assert len(set(URDU)) == len(URDU)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("آجر", "اجر"),
        ("Appeal", "appeal"),
        ("دورانِ کار", "دوران کار"),
        ("كي", "کی"),
        ("فائدہ", "فایدہ"),
    ],
)
def test_marks_capitals_and_keyboards_make_no_difference(one, same):
    assert dictionary_order(one) == dictionary_order(same)


def test_a_word_stands_before_the_same_word_with_more_behind_it():
    assert dictionary_order("کنٹری بیوشن") < dictionary_order("کنٹری بیوشن کا گوشوارہ")
    assert dictionary_order("کم از کم") < dictionary_order("کمی")
