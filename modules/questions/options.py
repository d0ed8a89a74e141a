"""What the kinds share whose response chooses among options."""

from collections.abc import Collection, Sequence
from typing import Any

from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import ANSWER
from modules.questions.presenting import Part, Presented, Remark, State, arrange, words_in
from modules.questions.shapes import MISCONCEPTION, Definition

FEWEST = 2


def keys_of(definition: Definition) -> list[str]:
    return [option["key"] for option in definition["structure"]["options"]]


def correct_keys(definition: Definition) -> set[str]:
    return {option["key"] for option in definition["structure"]["options"] if option["correct"]}


def check_some_correct(definition: Definition) -> None:
    """Raises `DefinitionError` unless there are two options and one of them is correct."""
    if len(keys_of(definition)) < FEWEST:
        raise DefinitionError("options: at least two are needed.")
    if not correct_keys(definition):
        raise DefinitionError("options: no option is correct.")
    for option in definition["structure"]["options"]:
        if option["correct"] and MISCONCEPTION in option:
            raise DefinitionError(
                f'options, "{option["key"]}": what is right is no "misconception".'
            )


def check_one_correct(definition: Definition) -> None:
    """Raises `DefinitionError` unless exactly one option is correct."""
    check_some_correct(definition)
    if len(correct := correct_keys(definition)) > 1:
        named = ", ".join(sorted(correct))
        raise DefinitionError(f"options: only one may be correct, but {named} are.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """The options in `order`, all under one name. True and false have no text of their own."""
    shown, words = words_in(definition, lang)
    return Presented(
        kind=definition["kind"],
        lang=shown,
        stem=words["stem"],
        case=words.get("case", ""),
        case_set=definition["structure"].get("set", ""),
        parts=tuple(
            Part(key, words["options"][key].get("text", ""), ANSWER)
            for key in arrange(keys_of(definition), order)
        ),
    )


def chosen_keys(definition: Definition, chosen: Collection[Any]) -> set[str]:
    """`chosen` as a set; raises `ResponseError` when one is not a key of this question."""
    known = keys_of(definition)
    if any(key not in known for key in chosen):
        raise ResponseError("This option is not part of the question.", "unknown_part")
    return set(chosen)


def remarks(
    definition: Definition, chosen: Collection[str], words: dict[str, Any]
) -> tuple[Remark, ...]:
    """One per option, in the order of the definition."""
    correct = correct_keys(definition)
    return tuple(
        Remark(
            key=key,
            chosen=key if key in chosen else "",
            state=_state(chosen=key in chosen, correct=key in correct),
            text=words["options"][key]["feedback"],
        )
        for key in keys_of(definition)
    )


def _state(*, chosen: bool, correct: bool) -> State:
    if chosen:
        return "right" if correct else "wrong"
    return "missed" if correct else ""
