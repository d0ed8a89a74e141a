"""The words of the advice on questions. The rules and their sources stand in `questions.advice`."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modules.questions.advice import Advice, advise
from modules.questions.definitions import from_tables
from modules.questions.errors import DefinitionError
from modules.questions.models import Question
from modules.questions.shapes import SOURCE
from modules.reference.lists import listed

WORDS: dict[str, Any] = {
    "key_is_longest": _(
        "The right option ({parts}) is the longest, and who guesses takes the longest. Shorten it,"
        " or say as much in the others."
    ),
    "uneven_options": _("The options {parts} differ much in length. Make them about equal."),
    "same_option": _("{parts} say the same. Keep one of them."),
    "same_meaning": _("{parts} mean the same, so neither can be the only right one. Change one."),
    "overlapping": _("{parts} overlap: who takes the wider one cannot be wrong. Set them apart."),
    "thin_feedback": _(
        "Feedback without a reason teaches nothing: {parts}. Say why in one sentence."
    ),
    "asks_nothing": _(
        "The question asks nothing. Ask so that it can be answered before the options are read."
    ),
    "all_or_none": _(
        "{parts}: “all” or “none of the above” can be told from part of what one knows. Write an"
        " option that stands alone."
    ),
    "negative_stem": _(
        "“{words}” is easily overlooked. Ask for what holds, or write the word in capitals."
    ),
    "absolute_words": _(
        "“{words}” stands in wrong options only ({parts}), which gives them away. Leave it out."
    ),
    "clue": _(
        "“{words}” stands in the question and in the right option ({parts}) alone, which gives it"
        " away. Use another word."
    ),
}


def advice_on(question: Question) -> list[str]:
    """What there is to think over, in sentences; [] also while the question is unfinished."""
    try:
        # A row holds the facts of English too, so it can be read by itself.
        definition = from_tables(question.table, {})
    except (DefinitionError, IndexError):
        return []
    lang = question.locale.language_code
    own = {**definition, "texts": {lang: definition["texts"][SOURCE]}}
    return [in_words(advice) for advice in advise(own, lang)]


def in_words(advice: Advice) -> str:
    parts = listed(part or gettext("What everybody should take away") for part in advice.parts)
    return str(WORDS[advice.rule]).format(parts=parts, words="”, “".join(advice.words))
