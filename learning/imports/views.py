"""Rosters: the lists so far, uploading one, its dry run, taking it over, its letters and slips."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.imports.blanks import blank_csv, blank_workbook
from learning.imports.errors import NotReady
from learning.imports.forms import ChoicesForm, LettersForm, UploadForm
from learning.imports.importing import confirm
from learning.imports.inviting import posts, send_letters, send_uncertain_again
from learning.imports.matching import ANOTHER, Question
from learning.imports.models import KEPT_FOR, Roster
from learning.imports.permissions import (
    imports_rosters,
    rosters_handled_by,
    rosters_visible_to,
)
from learning.imports.planning import Plan, Target, make_plan
from learning.imports.reaching import counted, ways
from learning.imports.showing import compare, progress_of
from learning.imports.slips import print_sheet, sheets
from learning.imports.storing import give_up, keep_choices, store
from learning.people.known import known_to
from learning.people.models import User

LISTS_A_PAGE = 30
AGAIN = "again"  # what begins the fields of letters that may be out already
QUESTIONS_A_PAGE = 20
PROBLEMS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def importer(request: HttpRequest) -> User:
    """Who asks; refused to whoever imports no lists."""
    user = cast("User", request.user)
    if not imports_rosters(user):
        raise PermissionDenied
    return user


def fetch(request: HttpRequest, rosters: QuerySet[Roster], uuid: object) -> Roster:
    """One of `rosters`, or 404."""
    loaded = rosters.select_related(
        *("programme__area", "course_version__course"),
        *("uploaded_by__person", "confirmed_by__person"),
    )
    return get_object_or_404(loaded, uuid=uuid)


# --- lists ---------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def roster_list(request: HttpRequest) -> HttpResponse:
    """The lists of one's scope, newest first."""
    rosters = rosters_visible_to(importer(request)).defer("rows", "choices")
    loaded = rosters.select_related("programme", "course_version__course", "uploaded_by__person")
    page = Paginator(loaded, LISTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "rosters/list.html", {"page_obj": page, "days": KEPT_FOR.days})


@never_cache
@login_required
@require_safe
def roster_blank(request: HttpRequest, kind: str) -> HttpResponse:
    """The blank list to fill in, in the language of the page."""
    known, language = known_to(importer(request)), get_language() or "en"
    if kind == "csv":
        content, content_type = blank_csv(known, language), "text/csv; charset=utf-8"
    else:
        content, content_type = blank_workbook(known, language), XLSX
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="people.{kind}"'},
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def roster_new(request: HttpRequest) -> HttpResponse:
    """Takes a file and what it is for; a file that can be read is kept for its dry run."""
    user = importer(request)
    form = UploadForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        roster = store(
            form.table.rows,
            form.target,
            by=user,
            language=form.cleaned_data["language"],
            file_name=form.cleaned_data["file"].name or "",
        )
        if form.table.remark:
            messages.info(request, form.table.remark)
        return redirect("roster", roster.uuid)
    return render(request, "rosters/new.html", {"form": form, "days": KEPT_FOR.days})


# --- one list ------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def roster(request: HttpRequest, uuid: object) -> HttpResponse:
    """The dry run of a list; of a confirmed one, what became of it."""
    found = fetch(request, rosters_visible_to(importer(request)), uuid)
    if found.confirmed_at is None:
        return dry_run(request, found)
    return outcome(request, found)


def plan_of(request: HttpRequest, found: Roster) -> Plan:
    target = Target(found.programme, found.course_version)
    return make_plan(found.rows or [], importer(request), target, found.choices)


def dry_run(request: HttpRequest, found: Roster, form: LettersForm | None = None) -> HttpResponse:
    plan = plan_of(request, found)
    letters = counted(ways(plan, importer(request)))
    page = page_of(plan, request)
    context: dict[str, Any] = {
        "roster": found,
        "plan": plan,
        "letters": letters,
        "problems": plan.problems[:PROBLEMS_SHOWN],
        "problems_more": max(len(plan.problems) - PROBLEMS_SHOWN, 0),
        "page_obj": page,
        "comparisons": [compare(question, plan.places) for question in page],
        "form": form or LettersForm(letters=letters["letters"], initial={"send": True}),
        "days": KEPT_FOR.days,
    }
    return render(request, "rosters/check.html", context, status=400 if form else 200)


def page_of(plan: Plan, request: HttpRequest) -> Any:
    """Some of the rows to decide, in the order of the list."""
    return Paginator(plan.questions, QUESTIONS_A_PAGE).get_page(request.GET.get("page"))


def open_list(request: HttpRequest, uuid: object) -> Roster:
    """One's own list that is not confirmed yet, or 404."""
    return fetch(request, rosters_handled_by(importer(request)).filter(confirmed_at=None), uuid)


@never_cache
@login_required
@require_POST
def roster_choices(request: HttpRequest, uuid: object) -> HttpResponse:
    """Keeps who the rows of one page mean, or one answer for all that are still open."""
    found = open_list(request, uuid)
    plan = plan_of(request, found)
    page = page_of(plan, request)
    form = ChoicesForm(request.POST, questions=list(page))
    if form.is_valid():
        chosen = form.chosen
        rest = [question for question in plan.open_questions if str(question.row.row) not in chosen]
        keep_choices(found, answers_for(rest, request.POST.get("rest", "")) | chosen)
        messages.success(request, _("Your choices are saved."))
    else:
        messages.error(request, _("One of the choices is not possible any more. Choose again."))
    return redirect(f"{reverse('roster', args=[uuid])}?page={page.number}#same")


def answers_for(rest: list[Question], answer: str) -> dict[str, str]:
    """One answer for all: somebody else, or the first of whom each may be."""
    if answer == ANOTHER:
        return {str(question.row.row): ANOTHER for question in rest}
    if answer == "first":
        return {str(question.row.row): question.candidates[0].key for question in rest}
    return {}


@never_cache
@login_required
@require_POST
def roster_confirm(request: HttpRequest, uuid: object) -> HttpResponse:
    """Takes the list over, and sends its letters if that was asked for."""
    user = importer(request)
    found = fetch(request, rosters_handled_by(user), uuid)
    if found.confirmed_at is None:
        letters = counted(ways(plan_of(request, found), user))["letters"]
        form = LettersForm(request.POST, letters=letters)
        if not form.is_valid():
            return dry_run(request, found, form)
        try:
            found = confirm(found, user)
        except NotReady as refusal:
            messages.error(request, str(refusal))
            return redirect("roster", uuid)
        messages.success(request, _("The list is imported."))
        if form.cleaned_data["send"]:
            tell_of_letters(request, send_letters(found))
    return redirect("roster", uuid)


@never_cache
@login_required
@require_POST
def roster_give_up(request: HttpRequest, uuid: object) -> HttpResponse:
    """Deletes a list that is not confirmed."""
    if give_up(open_list(request, uuid)):
        messages.success(request, _("The list is deleted. Nobody was imported."))
    return redirect("roster_list")


# --- after the import ----------------------------------------------------------------------------


def outcome(
    request: HttpRequest,
    found: Roster,
    form: LettersForm | None = None,
    again: LettersForm | None = None,
) -> HttpResponse:
    """What became of a list; letters and slips for whoever handles it."""
    user = importer(request)
    context: dict[str, Any] = {"roster": found, "days": KEPT_FOR.days}
    if rosters_handled_by(user).filter(pk=found.pk).exists():
        progress = progress_of(posts(found))
        context |= {
            "is_handled": True,
            "progress": progress,
            "form": form or LettersForm(letters=progress.due, initial={"send": True}),
            "again": again or LettersForm(letters=progress.again, prefix=AGAIN),
            "sheets": sheets(found),
        }
    status = 400 if form or again else 200
    return render(request, "rosters/outcome.html", context, status=status)


def confirmed_list(request: HttpRequest, uuid: object) -> Roster:
    """A confirmed list that one handles, or 404."""
    confirmed = rosters_handled_by(importer(request)).filter(confirmed_at__isnull=False)
    return fetch(request, confirmed, uuid)


@never_cache
@login_required
@require_POST
def roster_letters(request: HttpRequest, uuid: object) -> HttpResponse:
    """Sends the letters that wait; or, on somebody's word, those that may be out already."""
    found = confirmed_list(request, uuid)
    progress = progress_of(posts(found))
    is_again = request.POST.get(AGAIN) == "uncertain"
    if is_again:
        form = LettersForm(request.POST, letters=progress.again, prefix=AGAIN)
    else:
        form = LettersForm(request.POST, letters=progress.due)
    if not form.is_valid():
        return outcome(request, found, **{AGAIN if is_again else "form": form})
    if form.cleaned_data["send"]:
        send = send_uncertain_again if is_again else send_letters
        tell_of_letters(request, send(found))
    else:
        messages.info(request, _("No letter was sent: the box was not ticked."))
    return redirect("roster", uuid)


def tell_of_letters(request: HttpRequest, many: int) -> None:
    if many:
        words = ngettext("{n} letter is on its way.", "{n} letters are on their way.", many)
        messages.success(request, words.format(n=many))


@never_cache
@login_required
@require_POST
def roster_slips(request: HttpRequest, uuid: object, sheet: str) -> HttpResponse:
    """One sheet of slips as PDF. A POST, because printing makes new codes."""
    found = confirmed_list(request, uuid)
    chosen = next((one for one in sheets(found) if one.key == sheet), None)
    if chosen is None:
        raise Http404
    pdf = print_sheet(found, chosen, importer(request))
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="slips-{sheet}.pdf"'},
    )
