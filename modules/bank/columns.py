"""Columns of lists of questions."""

from django.utils.text import Truncator
from wagtail.admin.ui.tables import Column

from modules.bank.searching import words_of
from modules.questions.models import Question

LONGEST_STEM = 90  # letters of a question in a list


class QuestionColumn(Column):
    """The beginning of the question, in its own language."""

    cell_template_name = "bank/question_cell.html"

    def get_value(self, instance: Question) -> dict[str, str]:
        stem = next((text for text in words_of(instance) if text), "")
        return {"stem": Truncator(stem).chars(LONGEST_STEM), "lang": instance.locale.language_code}
