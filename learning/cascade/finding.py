"""Finding the place of a participant by the sticker on a paper or badge, typed or scanned."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from learning.cascade.models import Event
from learning.cascade.stickers import read_slip, read_sticker, sticker_code
from learning.enrolment.models import Enrolment
from modules.reference.lists import left_to_right

LONGEST = 60  # characters of a code, in the field too


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
    messages.error(request, _not_found(event, typed))
    return redirect(address)


def test_on_slip(request: HttpRequest, event: Event) -> str:
    """For which test the answer slip in `?sticker=` is; nothing where none was scanned."""
    slip = read_slip(request.GET.get("sticker", ""), event.uuid)
    return slip.purpose if slip else ""


def _not_found(event: Event, typed: str) -> str:
    slip = read_slip(typed, event.uuid)
    if slip and slip.number is None:
        return _("This is a spare slip without a code of its own. Scan the sticker on it.")
    words = _("Nobody on this page has the sticker {code}.")
    return words.format(code=left_to_right(typed[:LONGEST]))
