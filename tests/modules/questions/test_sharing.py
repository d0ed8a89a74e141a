"""Questions of one set that tell different cases are named when one of them is saved."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from wagtail import hooks

from modules.questions.sharing import telling_another_case
from modules.questions.viewsets import say_when_cases_differ
from modules.reference.models import Outcome
from tests.modules.questions.making import make
from tests.modules.questions.samples import in_set

pytestmark = pytest.mark.django_db


def make_three(**changes):
    return [make(f"co-{n}", "scenario", **in_set(f"{n}?", **changes)) for n in range(3)]


def with_case(question, case: str):
    question.definition[0].value["case"] = case
    return question


def test_equal_cases_are_in_order():
    first, *_others = make_three()

    assert telling_another_case(first) == []
    assert telling_another_case(with_case(first, " A fund has two laws.\r\n".strip("\r"))) == []


def test_those_that_tell_another_are_named():
    first, _second, third = make_three()
    with_case(third, "A fund has three laws.").save()

    assert telling_another_case(first) == ["co-2"]
    assert telling_another_case(with_case(first, "None.")) == ["co-1", "co-2"]


def test_what_was_saved_last_counts_published_or_not():
    first, second, _third = make_three()
    with_case(second, "A draft.").save_revision()

    assert telling_another_case(first) == ["co-1"]


def test_other_sets_other_languages_and_single_cases_do_not_matter():
    first, *_others = make_three()
    make("co-other", "scenario", **in_set("?", set="two-laws-more", case="Another."))
    make("co-none", "scenario", case="Another.", stem='A "two-laws" in words?')
    make("co-0", "scenario", lang="ur", **in_set("?", case="دو قانون"))

    assert telling_another_case(first) == []


def test_a_question_without_a_set_asks_nothing(django_assert_num_queries):
    question = make("co-none", "scenario")

    with django_assert_num_queries(0):
        assert telling_another_case(question) == []


def said_after_saving(rf, saved) -> list[str]:
    request = rf.post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    for name in ("after_create_snippet", "after_edit_snippet"):
        for hook in hooks.get_hooks(name):
            if hook.__name__ == "one_case_in_a_set":
                hook(request, saved)
    return [str(message) for message in get_messages(request)]


def test_the_admin_says_so_and_saves_all_the_same(rf):
    first, second, _third = make_three()
    with_case(second, "Another.").save()

    said = said_after_saving(rf, first)

    assert len(said) == 2  # created and changed
    assert "In the same set, but with another case: co-1. Make the cases equal." in said[0]
    assert said_after_saving(rf, Outcome()) == []
    say_when_cases_differ(rf.get("/"), make("co-single"))
