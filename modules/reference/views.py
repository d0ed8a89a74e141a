"""The glossary."""

from itertools import groupby
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from modules.reference.entries import entries_in


def glossary(request: HttpRequest) -> HttpResponse:
    """Every term with its meaning, its form in the reader's language, and how sure that form is."""
    entries = entries_in(get_language() or "en")
    letters = [(letter, list(group)) for letter, group in groupby(entries, attrgetter("initial"))]
    return render(request, "pages/glossary.html", {"letters": letters, "total": len(entries)})
