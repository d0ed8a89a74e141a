import pytest
from django.http import QueryDict

from modules.questions.errors import ResponseError
from modules.questions.inputs import value_of, values_by_key, values_of


def test_blank_values_are_nothing():
    post = QueryDict("answer=&answer=+b+&csrf=1")

    assert values_of(post, "answer") == {"b"}
    assert value_of(post, "answer") == "b"
    assert value_of(post, "other") == ""


def test_two_values_where_one_is_expected_are_refused():
    with pytest.raises(ResponseError) as refused:
        value_of(QueryDict("answer=a&answer=b"), "answer")
    assert refused.value.code == "malformed"


def test_names_that_hold_no_key_are_ignored():
    post = QueryDict("step-b=1&step-a=2&step-c=&step-=3&step-A!=4&premise-a=x&answer=y")

    assert values_by_key(post, "step-") == {"a": "2", "b": "1"}
