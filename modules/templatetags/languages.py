"""Links from a page to the same page in the other languages; what is known of this one."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from modules.courses.translations import languages_of, words_are_draft

register = template.Library()

# What Django calls a language in its own script, put right where it is not.
OWN_NAMES = {"ur": "اردو", "km": "ភាសាខ្មែរ", "lo": "ພາສາລາວ"}


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    current: bool


@register.filter
def own_name(code: str) -> str:
    return OWN_NAMES.get(code) or get_language_info(code)["name_local"]


def address_in(code: str, address: str) -> str:
    """`address` (a path, perhaps with a query) with the prefix of the language `code`."""
    path, mark, query = address.partition("?")
    first, _, rest = path.lstrip("/").partition("/")
    codes = [known for known, _ in settings.LANGUAGES if known != settings.LANGUAGE_CODE]
    # Without lstrip "/ur//host/" would become "//host/": a link to somebody else's site.
    bare = rest.lstrip("/") if first in codes else path.lstrip("/")
    prefix = "" if code == settings.LANGUAGE_CODE else f"{code}/"
    return f"/{prefix}{bare}{mark}{query}"


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """One link per language of the site. At most one query for a page of Wagtail's, else none.

    Slugs are the same in every language, so only the prefix differs. A page that is not published
    in a language leads to that language's home page. Works without a request (the 500 page).
    A page that stands outside the languages says in `address_in_languages` where it leads.
    """
    request, page = context.get("request"), context.get("page")
    here = context.get("address_in_languages") or (request.get_full_path() if request else "/")
    codes = [code for code, _ in settings.LANGUAGES]
    readable = languages_of(page) if isinstance(page, Page) else set(codes)
    return [
        LanguageLink(
            code=code,
            name=own_name(code),
            url=address_in(code, here if code in readable else "/"),
            current=code == get_language(),
        )
        for code in codes
    ]


@register.simple_tag(takes_context=True)
def interface_is_draft(context: Context) -> bool:
    """Whether nobody has confirmed the translation of the page's own texts.

    Costs a query in every language but English where the page does not know it. Error pages
    without a request must not ask: the database may be what failed.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return "request" in context and words_are_draft(context.get("page"), language)
