import pytest

from modules.questions.presenting import arrange, state_of


def test_keys_stay_as_they_are_without_an_order():
    assert arrange(["b", "a"], None) == ["b", "a"]
    assert arrange(["b", "a"], []) == ["b", "a"]
    assert arrange(["b", "a"], ["a", "b"]) == ["a", "b"]


@pytest.mark.parametrize("order", [["a"], ["a", "b", "c"], ["a", "a"], ["a", "x"]])
def test_an_order_of_other_keys_is_refused(order):
    with pytest.raises(ValueError, match="is not an order of"):
        arrange(["b", "a"], order)


@pytest.mark.parametrize(
    ("given", "right", "state"),
    [("x", True, "right"), ("x", False, "wrong"), ("", False, "missed")],
)
def test_state_of_a_part(given, right, state):
    assert state_of(given, right=right) == state
