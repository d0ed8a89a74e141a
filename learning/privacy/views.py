"""“My data”: everybody reads, takes along and erases what is kept about herself."""

import json
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.people.consenting import agrees_to_letters
from learning.people.models import Person, User
from learning.people.personal import HOLDINGS
from learning.privacy.erasing import ErasureRefused, erase_person
from learning.privacy.exporting import export_person

# What libraries call their records in few languages.
KINDS = {
    "account.EmailAddress": gettext_lazy("E-mail addresses"),
    "mfa.Authenticator": gettext_lazy("Second step when signing in"),
    "usersessions.UserSession": gettext_lazy("Devices"),
}


def own_person(request: HttpRequest) -> Person:
    """The person behind the account; 404 for an account that belongs to nobody."""
    person = cast("User", request.user).person
    if person is None:
        raise Http404
    return person


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What kinds of records are kept, how many, and what erasing would do to each."""
    record = export_person(own_person(request))
    kinds = [
        (KINDS.get(label) or HOLDINGS[label].model._meta.verbose_name_plural, len(rows))
        for label, rows in record.items()
    ]
    writes = agrees_to_letters(own_person(request))
    return render(request, "privacy/my_data.html", {"kinds": kinds, "writes": writes})


@never_cache
@login_required
@require_safe
def my_data_file(request: HttpRequest) -> HttpResponse:
    """Everything kept about the reader, as a file."""
    record = export_person(own_person(request))
    text = json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return HttpResponse(
        text,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def erase_my_data(request: HttpRequest) -> HttpResponse:
    """Explains what goes and what stays; at a POST with the box ticked, erases and signs out."""
    person = own_person(request)
    ticked = request.POST.get("understood") == "yes"
    if request.method != "POST" or not ticked:
        return render(request, "privacy/erase.html", {"missing": request.method == "POST"})
    try:
        erase_person(person)
    except ErasureRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("my_data")
    logout(request)
    messages.success(request, _("Your name and your account are erased."))
    return redirect("wagtail_serve", "")
