"""Questions of a test by their figures: all of one test, one question, and the people behind."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.attempts.itemising import Taken, itemise
from learning.attempts.models import Sitting
from learning.measurement.basis import MIN_FULL
from learning.reporting.asking import reach_to_measure
from learning.reporting.choosing import Chosen
from learning.reporting.columns import Version
from learning.reporting.curving import Curves, curves_of, curves_of_parts
from learning.reporting.form_filters import languages_listed
from learning.reporting.halves import Asked
from learning.reporting.item_filters import BehindItemsForm, ItemsForm
from learning.reporting.item_tables import About, items_table, languages_table, test_table
from learning.reporting.item_words import remarks, sentences
from learning.reporting.option_tables import options_table, parts_table
from learning.reporting.permissions import measures_questions, sees_keys
from learning.reporting.responses import fits_a_sheet, responses_file
from learning.reporting.sitters import sitters_table
from learning.reporting.surveying import gaps_of, survey
from learning.reporting.tables import Table
from learning.reporting.views import page_of, refuse_file_of_nothing, refuse_without_lists
from learning.reporting.writing import file_of
from modules.questions.kinds import kind_of


@never_cache
@login_required
@require_safe
def report_items(request: HttpRequest) -> HttpResponse:
    """How one test and each of its questions measured."""
    if not measures_questions(request.user):
        raise PermissionDenied
    form = ItemsForm(request.GET, reach_to_measure(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/items.html", {"form": form})
    found, about, exact = survey(form.asked_for), form.in_words(), form.reach.exact
    knows = sees_keys(request.user)

    def page(version: Version) -> str:
        return address_of_item(form, version) if knows else ""

    def people(version: Version | None) -> str:
        return address_of_people(form, version) if exact else ""

    tables = [
        test_table(found.analysis, found.points, people(None), about, exact=exact),
        items_table(
            found.marks.versions,
            found.analysis,
            found.chosen,
            (page, people),
            about,
            exact=exact,
            names_options=knows,
        ),
    ]
    if "file" in request.GET:
        return file_of(request.GET["file"], tables)
    context = {
        "form": form,
        "about": about,
        "tables": tables,
        "sentences": sentences(found.analysis, found.points, found.unfinished, found.behind),
        "has_any": found.analysis.n > 0,
        "gaps": found.unfinished or found.behind,
        "responses": f"{reverse('report_responses')}?{form.query()}" if exact else "",
        "fits_a_sheet": fits_a_sheet(found),
    }
    return render(request, "reports/items.html", context)


@never_cache
@login_required
@require_safe
def report_item(request: HttpRequest, question: str, n: int) -> HttpResponse:
    """One version of a question: its text, who chose which option, and other languages."""
    if not sees_keys(request.user):
        raise PermissionDenied
    form = ItemsForm(request.GET, reach_to_measure(request.user))
    refuse_file_of_nothing(request, form)
    context = {"form": form, "name": f"{question}.{n}"}
    if not form.is_valid():
        return render(request, "reports/item.html", context)
    found, about, exact = survey(form.asked_for), form.in_words(), form.reach.exact
    column = found.marks.column((question, n))
    if column is None:  # by these filters; whether there is such a question is not told
        if "file" in request.GET:
            raise Http404
        return render(request, "reports/item.html", context | {"about": about})
    chosen, item = found.chosen.of_one(column), found.analysis.items[column]
    shown = kind_of(found.definitions[question, n]).present(
        found.definitions[question, n], None, get_language() or "en"
    )
    names = dict(languages_listed())
    gaps = gaps_of(form.everybody, form.spoken, (question, n))
    people = partial(address_of_people, form) if exact else lambda _version: ""
    tables = [
        items_table(
            [(question, n)],
            found.of_one(column),
            chosen,
            (lambda _version: "", people),
            about,
            exact=exact,
            names_options=True,
        )
    ]
    tables += _tables_of(chosen, found.texts(column, get_language() or "en"), about, exact=exact)
    if gaps:
        spoken = str(names.get(form.spoken, form.spoken))
        named = [(str(names.get(lang, lang)), gap) for lang, gap in gaps]
        tables.append(languages_table(spoken, named, about, exact=exact))
    if "file" in request.GET:
        return file_of(request.GET["file"], tables)
    more = {
        "about": about,
        "tables": {table.name: table for table in tables},
        "rows": sum(len(table.rows) for table in tables),
        "remarks": remarks(item, chosen, names_options=True),
        "few": MIN_FULL if item.n < MIN_FULL else 0,
        "shown": shown,
        "curves": _curves_of(chosen),
        "is_several": chosen.choices[0].is_several if chosen.choices else False,
        "back": f"{reverse('report_items')}?{form.query()}",
    }
    return render(request, "reports/item.html", context | more)


def _tables_of(
    chosen: Chosen, texts: tuple[list[str], list[str]], about: About, *, exact: bool
) -> list[Table]:
    """Of the options or of the parts of one question; none of other kinds."""
    if chosen.choices:
        return [options_table(chosen.choices[0], texts[0], about, exact=exact)]
    if chosen.parts:
        return [parts_table(chosen.parts[0], texts, about, exact=exact)]
    return []


def _curves_of(chosen: Chosen) -> Curves | None:
    rtl = get_language_bidi()
    if chosen.choices:
        return curves_of(chosen.choices[0], rtl=rtl)
    return curves_of_parts(chosen.parts[0], rtl=rtl) if chosen.parts else None


@never_cache
@login_required
@require_safe
def report_item_people(request: HttpRequest) -> HttpResponse:
    """Who is counted in a test or in one of its questions, with what each got."""
    refuse_without_lists(request)
    form = BehindItemsForm(request.GET, reach_to_measure(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/item_people.html", {"form": form})
    found = survey(form.asked_for)
    question = form.question_in(found.marks.versions)
    if form.cleaned_data["question"] and question is None:
        raise Http404
    pks = found.pks_asked(question)
    asked = Asked(*question) if question else None
    about = [*form.in_words(), *([(_("Question"), str(asked))] if asked else [])]
    table_of = partial(
        sitters_table, request.user, question=asked, about=about, title=_("First attempts")
    )
    if "file" in request.GET:
        return file_of(request.GET["file"], [table_of(taken_by(pks))])
    page = page_of(request, pks)
    context = {
        "form": form,
        "table": table_of(taken_by(list(page))),
        "page_obj": page,
        "back": f"{reverse('report_items')}?{form.query()}",
    }
    return render(request, "reports/item_people.html", context)


@never_cache
@login_required
@require_safe
def report_responses(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every response as a row of a file, without names."""
    refuse_without_lists(request)
    form = ItemsForm(request.GET, reach_to_measure(request.user))
    if not form.is_valid():
        raise Http404
    found = survey(form.asked_for)
    kind, knows = request.GET.get("file", "csv"), sees_keys(request.user)
    return responses_file(kind, found, form.in_words(), with_options=knows)


def taken_by(pks: Iterable[int]) -> list[Taken]:
    """These sittings with their marks, in this order; five queries."""
    wanted = list(pks)
    loaded = Sitting.objects.filter(pk__in=wanted).select_related(
        "enrolment__person", "enrolment__cohort", "course_version"
    )
    by_pk: Mapping[int, Sitting] = {sitting.pk: sitting for sitting in loaded}
    return itemise([by_pk[pk] for pk in wanted])


def address_of_item(form: ItemsForm, version: Version) -> str:
    return f"{reverse('report_item', args=version)}?{form.query()}"


def address_of_people(form: ItemsForm, version: Version | None) -> str:
    """The list behind a number, with what the page was asked for."""
    more = {"question": f"{version[0]}.{version[1]}"} if version else {}
    return f"{reverse('report_item_people')}?{form.query(**more)}"
