"""The page in Wagtail's admin that makes a code on paper for a person."""

from typing import cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.people.access_codes import AccessCode
from learning.people.codes import check_purpose, make_code
from learning.people.models import User
from learning.people.permissions import people_managed_by


@never_cache
@require_http_methods(["GET", "POST"])
def person_code(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Explains, and at a POST makes the code and shows it this once: no address leads to it."""
    account = cast("User", request.user)  # the admin is open to accounts alone
    person = get_object_or_404(people_managed_by(account), pk=pk)
    purpose = AccessCode.Purpose(purpose)
    context = {"person": person, "purpose": purpose, "code": "", "problem": ""}
    try:
        check_purpose(person, purpose)
        if request.method == "POST":
            context["code"] = make_code(person, purpose, made_by=account)
    except ValidationError as error:
        context["problem"] = error.messages[0]
    return render(request, "people/person_code.html", context)
