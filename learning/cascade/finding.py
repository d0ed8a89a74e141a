"""Finding the place of a participant by the sticker on a paper or badge, typed or scanned."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from learning.cascade.models import Event
from learning.cascade.stickers import read_sticker, sticker_code
from learning.enrolment.models import Enrolment
from modules.reference.lists import left_to_right


def leads_to_sticker(
    request: HttpRequest, event: Event, participants: Iterable[Enrolment]
) -> HttpResponse | None:
    """The same page at the place of the participant whose sticker is in `?sticker=`.

    Where nobody among `participants` has it, the page says so. None when nothing was asked.
    """
    typed = request.GET.get("sticker", "").strip()
    if not typed:
        return None
    rest = request.GET.copy()
    del rest["sticker"]
    address = f"{request.path}?{rest.urlencode()}" if rest else request.path
    number = read_sticker(typed, event.uuid)
    code = "" if number is None else sticker_code(number, event.uuid)
    if any(one.code == code for one in participants):
        return redirect(f"{address}#p-{code}")
    words = _("Nobody on this page has the sticker {code}.")
    messages.error(request, words.format(code=left_to_right(typed[:40])))
    return redirect(address)
