"""A question as its author sees it while she writes: as learners meet it, in one of its languages.

Nothing is stored. What stands in the form takes the place of the row it will become; the other
languages are read as they were saved last.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from modules.questions.asking import Asked, prepare
from modules.questions.definitions import from_tables
from modules.questions.editors import in_words_of
from modules.questions.errors import DefinitionError
from modules.questions.freezing import plain_lines
from modules.questions.kinds import kind_of
from modules.questions.models import Question
from modules.questions.shapes import SOURCE


def preview(question: Question, request: HttpRequest, lang: str) -> HttpResponse:
    """The page of the preview; of an unfinished question one line that says what is missing.

    `request.answered` holds what was answered in the preview, `request.answered_at` its address.
    """
    lang = lang or question.language or SOURCE
    context: dict[str, object] = {"is_piece": "fragment" in getattr(request, "answered", {})}
    if not question.definition:
        context["is_empty"] = True
    else:
        try:
            context["asked"] = asked_in(question, lang)
        except DefinitionError as error:
            said = str(error).removeprefix(f"{question.language or SOURCE}: ")
            context["problem"] = in_words_of(question.kind, said)
    with override(lang):
        return render(request, "questions/preview.html", context)


def asked_in(question: Question, lang: str) -> Asked:
    """What learners of `lang` will meet; raises `DefinitionError`. One query for each other row."""
    own = question.language or SOURCE
    tables = {
        code: plain_lines(question.table if code == own else _saved(question, code))
        for code in (SOURCE, lang)
    }
    others = {code: table for code, table in tables.items() if code != SOURCE}
    definition = from_tables(tables[SOURCE], others)
    kind_of(definition).check(definition)
    return prepare(question.key or "preview", definition, lang)


def _saved(question: Question, lang: str) -> dict:
    """The row in another language as its author left it."""
    rows = Question.objects.filter(
        translation_key=question.translation_key, locale__language_code=lang
    )
    row = rows.select_related("locale", "latest_revision").first()
    if row is None:
        raise DefinitionError(f"{lang}: there is no such question yet.")
    return row.get_latest_revision_as_object().table
