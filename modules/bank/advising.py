"""The words of the advice on questions. The rules and their sources stand in `questions.advice`."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modules.papers.contents import Form
from modules.questions.advice import Advice, advise, advise_form
from modules.questions.definitions import from_tables
from modules.questions.errors import DefinitionError
from modules.questions.freezing import live_definitions
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
OF_FORMS: dict[str, Any] = {
    "same_place": _(
        "In every question of form {form} the right option is number {place}. Papers are shuffled,"
        " print-outs of the bank are not: vary its place."
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


def advice_on_forms(key: str) -> list[str]:
    """The same of the forms that ask the question `key`; three queries, one where none does.

    A form with a question that is not live says nothing.
    """
    forms = Form.objects.filter(questions__question_key=key).prefetch_related("questions")
    found = []
    for form in forms:
        try:
            definitions = live_definitions(form.question_keys)
        except (Question.DoesNotExist, DefinitionError):
            continue
        found += [
            str(OF_FORMS[advice.rule]).format(form=form.label, place=advice.parts[0])
            for advice in advise_form(list(definitions.values()))
        ]
    return found


def in_words(advice: Advice) -> str:
    parts = listed(part or gettext("What everybody should take away") for part in advice.parts)
    return str(WORDS[advice.rule]).format(parts=parts, words="”, “".join(advice.words))
