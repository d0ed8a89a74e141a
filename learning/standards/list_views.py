"""The list of a round: as a sheet on paper, as a file to fill in, and uploaded again."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.cascade.errors import Refused
from learning.cascade.printing import language_asked
from learning.imports.errors import BadFile
from learning.imports.reading import read_table
from learning.people.facts import Fact
from learning.people.models import User
from learning.reporting.writing import file_of
from learning.standards.errors import CannotStudy
from learning.standards.estimating import changes_between, estimates_of, record_estimates
from learning.standards.fetching import round_asked, study_to_run
from learning.standards.forms import ListForm, TriedForm
from learning.standards.models import Round, Study
from learning.standards.papers import judges_pdf
from learning.standards.sheets import read_grid
from learning.standards.studying import panel_of
from learning.standards.tables import grid_table


@never_cache
@login_required
@require_safe
def standard_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The questions with keys and boxes for both rounds, as PDF: `?judge=` prints a name on it."""
    study = study_to_run(request, uuid)
    language = language_asked(request.GET.get("lang") or get_language())
    names = {str(judge.pk): judge.name for judge in study.judges.filter(left_at=None)}
    try:
        made = judges_pdf(
            study, panel_of(study), names.get(request.GET.get("judge", ""), ""), language
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("standard", study.uuid)
    disposition = f'inline; filename="judges-{str(study.uuid)[:8]}-{language}.pdf"'
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


@never_cache
@login_required
@require_safe
def standard_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The list of a round with what is known already: `?round=` and `?file=csv` or `xlsx`."""
    study = study_to_run(request, uuid)
    round_ = round_asked(request.GET.get("round", Round.FIRST))
    table = grid_table(
        study,
        panel_of(study),
        list(study.judges.filter(left_at=None)),
        round_,
        estimates_of(study, round_),
        get_language() or "en",
    )
    return file_of(request.GET.get("file", "xlsx"), [table])


@never_cache
@login_required
@require_POST
def standard_upload(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Tries a filled-in list: says what it would change, and stores nothing."""
    study = study_to_run(request, uuid)
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _tried(request, study, form)
        except (BadFile, CannotStudy) as refused:
            form.add_error("file", str(refused))
    return render(request, "standards/upload.html", {"study": study, "form": form}, status=400)


def _tried(request: HttpRequest, study: Study, form: ListForm) -> HttpResponse:
    round_ = form.cleaned_data["round"]
    rows = read_table(form.cleaned_data["file"].read()).rows
    judges = list(study.judges.filter(left_at=None))
    grid = read_grid(rows, judges, panel_of(study))
    changes = changes_between(judges, estimates_of(study, round_), grid.asked)
    context = {
        "study": study,
        "form": form,
        "round": Round(round_),
        "changes": changes,
        "remarks": grid.remarks,
        "unchanged": len(grid.asked) - len(changes),
        "tried": TriedForm.about(str(study.uuid), round_, grid.asked),
    }
    return render(request, "standards/upload.html", context)


@never_cache
@login_required
@require_POST
def standard_take_over(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stores the list that was tried."""
    study = study_to_run(request, uuid)
    form = TriedForm(request.POST)
    told = form.cleaned_data.get("tried") if form.is_valid() else None
    if not told or told["study"] != str(study.uuid):
        wrong = [str(error) for error in form.errors.get("tried", ())]
        messages.error(request, " ".join(wrong) or _("This list belongs to another study."))
        return redirect("standard", study.uuid)
    asked = {(judge, position): percent for judge, position, percent in told["rows"]}
    by = cast("User", request.user)
    n = record_estimates(study, told["round"], asked, by, via=Fact.Via.IMPORT)
    words = ngettext("{n} estimate saved.", "{n} estimates saved.", n)
    messages.success(request, words.format(n=n))
    return redirect("standard", study.uuid)
