"""How a training session is named in lists."""

from datetime import date

from babel.dates import format_date
from django import template
from django.utils.translation import get_language

from learning.cascade import showing, stickers
from modules.reference.dates import TERRITORY

register = template.Library()

register.filter("session_name", showing.name_of)
register.filter("session_course", showing.course_title)
register.filter("session_days", showing.days_of)
register.filter("session_languages", showing.languages_of)
register.filter("scanned_mark", stickers.scanned_mark)


@register.filter
def session_weekday(day: date) -> str:
    """ "Thursday, 26 November 2026", in the words of the reader's language."""
    language = get_language() or "en"
    return format_date(day, format="full", locale=TERRITORY.get(language, language))
