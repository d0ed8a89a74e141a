"""What search takes for the same word."""

import pytest

from modules.reference.words import cut, fold

SAME = {
    "Arabic yeh and kaf": ("سماجي كارڈ", "سماجی کارڈ"),
    "vowel marks": ("تَحَفُّظ", "تحفظ"),
    "joiners and invisible spaces": ("می\u200cکند ការ\u200bងារ", "میکند ការងារ"),
    "presentation forms": ("ﻻزم", "لازم"),
    "Lao am as one sign or two": ("ກຳມະກອນ", "ກໍາມະກອນ"),
    "Lao am round a tone mark": ("ນ້ຳ", "ນໍ້າ"),
    "Lao ae as e twice": ("ເເມ່", "ແມ່"),
    "Khmer signs drawn alike": ("បណ្ដឹង", "បណ្តឹង"),
    "digits of every script": ("۲۰۲۲ ២០២២ ໒໐໒໒", "2022 2022 2022"),
    "wide and capital letters": ("ＩＬＯ", "ilo"),
    "quotes": ("worker’s", "worker's"),
}


@pytest.mark.parametrize(("written", "meant"), SAME.values(), ids=SAME.keys())
def test_spellings_that_readers_take_for_the_same(written, meant):
    assert fold(written) == fold(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("ສິດ", "ສັດ"), ("ការ", "ក្រ"), ("کام", "گام"), ("1", "2")]
)
def test_other_words_stay_other_words(one, other):
    assert cut(one) != cut(other)


def test_english_words_lose_their_plural_and_their_marks():
    plurals = "Policies, benefits, taxes, classes, cases & a “gas” status."

    assert cut(plurals) == "policy benefit tax class case a gas status"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("សង្គម", "ការគាំពារសង្គមជាសិទ្ធិមិនមែនជាអំណោយទេ។"),
        ("អំណោយ", "ការគាំពារសង្គមជាសិទ្ធិមិនមែនជាអំណោយទេ។"),
        ("ສັງຄົມ", "ການປົກປ້ອງສັງຄົມເປັນສິດ"),
        ("ກຳມະກອນ", "ສິດຂອງກໍາມະກອນທຸກຄົນ"),
    ],
)
def test_syllables_of_a_word_stand_one_after_the_other_in_its_sentence(word, sentence):
    """The index reads a comma as "followed by"."""
    syllables, found_in = cut(word).split(","), cut(sentence).replace(" ", ",").split(",")

    starts = range(len(found_in) - len(syllables) + 1)
    assert any(found_in[at : at + len(syllables)] == syllables for at in starts)


def test_khmer_and_lao_are_spelled_in_letters_that_every_index_keeps():
    assert set(cut("ការងារ ແຮງງານ")) <= set("bcdfghjklmnpqrtv, ")


@pytest.mark.parametrize(
    "text", ["", "  ", "?!", '"; DROP TABLE', "' OR 1=1 --", "{title} : *", "\x00"]
)
def test_nothing_but_words_is_left(text):
    assert all(char.isalnum() or char in " ," for char in cut(text))
