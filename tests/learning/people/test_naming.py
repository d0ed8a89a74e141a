import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.people.models import Person
from learning.people.naming import comparable, folded, people_named_like, plain, scripts_in, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ali Khan", "  ali   KHAN "),
        ("Ali Khan", "Mr. Khan, Ali"),
        ("Mohd. Aslam", "Muhammad Aslam"),
        ("José Pérez", "Jose Perez"),
        ("علي كريم", "علی کریم"),
        ("محمّد علی", "محمد علی"),
        ("سیدہ\u200cفاطمہ", "سیدہفاطمہ"),
        ("សុខ\u200bា", "សុខា"),
        ("ບຸນຕຳ", "ບຸນຕໍາ"),
        ("Ａｌｉ Khan", "Ali Khan"),
    ],
)
def test_spellings_of_one_name_compare_equal(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ali Khan", "Alia Khan"), ("សុខា", "សុខ"), ("ບຸນ", "ບຸ່ນ"), ("Dr", ""), ("علی", "عالی")],
)
def test_other_names_stay_apart(one, other):
    assert comparable(one) != comparable(other)


def test_tidy_keeps_the_joiner_that_urdu_writes_with():
    assert tidy("\ufeff بے\u200cنظیر \n Bhutto\u200b ") == "بے\u200cنظیر Bhutto"


def test_plain_is_for_headings_and_codes():
    assert plain("  E-mail (address): ۱۲") == "emailaddress12"


def test_scripts_are_told_in_their_order():
    assert scripts_in("Ali علی Ж1") == ["Latn", "Arab", None]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=60))
def test_comparing_what_was_made_comparable_changes_nothing(text):
    assert comparable(comparable(text)) == comparable(text)


def test_people_are_found_by_any_of_their_names(db, django_assert_num_queries):
    both = Person.objects.create(names={"Latn": "Nasreen Gul", "Arab": "نسرين گل"})
    latin = Person.objects.create(names={"Latn": "Gul, Nasreen"})
    Person.objects.create(names={"Latn": "Nasreen Gull"})
    Person.objects.create(is_anonymous=True)

    with django_assert_num_queries(1):
        found = people_named_like(["نسرین گل", "Nasreen GUL"], Person.objects.all())

    assert found == {comparable("نسرین گل"): [both], "gul nasreen": [both, latin]}


def test_only_people_within_the_scope_are_found(db):
    Person.objects.create(names={"Latn": "Nasreen Gul"})

    assert people_named_like(["Nasreen Gul"], Person.objects.none()) == {}


def test_no_names_ask_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert people_named_like(["", "..."], Person.objects.all()) == {}
