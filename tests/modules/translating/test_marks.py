from modules.translating.marks import marks_in, problem_with_marks

ENGLISH = "## Why\n- A: [[term:fund|funds]] pay [E] and [E] (own)"


def test_every_mark_counts_as_often_as_it_stands():
    assert marks_in(ENGLISH) == {"##": 1, "- A:": 1, "[[term:fund]]": 1, "[E]": 2, "(own)": 1}


def test_a_link_to_another_lesson_is_a_mark():
    said = problem_with_marks("As in [[see:mapping#who|lesson 3]].", "جیسے سبق 3 میں۔")

    assert said == "These marks of the English text are missing: [[see:mapping]]"


def test_words_and_places_are_free():
    assert problem_with_marks(ENGLISH, "## کیوں\n- A: [E] (own) [E] [[term:fund|فنڈ]]") == ""


def test_a_source_named_once_instead_of_twice_is_missing():
    said = problem_with_marks(ENGLISH, ENGLISH.replace(" and [E]", ""))

    assert said == "These marks of the English text are missing: [E]"


def test_a_mark_more_is_told():
    said = problem_with_marks(ENGLISH, f"{ENGLISH} [[term:levy]]")

    assert said == "These marks are not in the English text: [[term:levy]]"
