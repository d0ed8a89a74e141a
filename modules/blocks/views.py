"""The live preview of lesson Markdown in Wagtail's editor."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from modules.blocks.markdown import render

LONGEST = 20_000  # characters; a lesson's longest text has a tenth of it


@require_POST
def preview_text(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it: the same renderer, sanitiser included."""
    return HttpResponse(render(request.POST.get("text", "")[:LONGEST]))
