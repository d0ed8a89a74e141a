"""The page of a blueprint, and where one goes after making one."""

import random
import re
from dataclasses import dataclass
from typing import Any

from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView, DeleteView, InspectView

from modules.composing.advising import advice_on_anchors, advice_on_pool, said_place, said_shortage
from modules.composing.checking import tests_needing
from modules.composing.grids import Cell, cells_of
from modules.composing.reading import (
    BAND_LABELS,
    Line,
    anchors_of,
    forms_of,
    lines_by_key,
    lines_of_course,
)
from modules.papers.choosing import choose
from modules.papers.contents import Blueprint
from modules.papers.drawing import SEEDS
from modules.papers.pool import ShortPoolError
from modules.papers.pooling import Pool, pool_of
from modules.reference.lists import listed

TRIALS = 3
SEED = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Row:
    """A cell in words."""

    cell: Cell
    level_label: str
    bands: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Trial:
    """A paper as it would be for a seed; nobody gets it and nothing is stored."""

    seed: int
    lines: tuple[Line, ...]


class KeepingDeleteView(DeleteView):
    """Deletes nothing that a test draws on."""

    def run_before_hook(self) -> Any:
        tests = tests_needing(self.object)
        if not tests:
            return super().run_before_hook()
        said = gettext("This test draws on it: {tests}. Change the test first.")
        purposes = listed(str(test.get_purpose_display()) for test in tests)
        messages.error(self.request, said.format(tests=purposes))
        return redirect(self.edit_url_name, self.object.pk)


class BlueprintCreateView(CreateView):
    def get_success_url(self) -> str:
        """On to the cells, which could not be shown before the course was known."""
        return self.get_edit_url()


class BlueprintInspectView(InspectView):
    """What is wanted, what there is, what to think over, and papers to try out."""

    template_name = "composing/blueprint.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blueprint: Blueprint = self.object
        pool = pool_of(blueprint)
        anchors = anchors_of(blueprint)
        bank = lines_of_course(blueprint.course_code, anchors)
        forms = {
            form.label: form.question_keys
            for form in forms_of(blueprint.course_code)
            if form.blueprint_id == blueprint.pk
        }
        return {
            **super().get_context_data(**kwargs),
            "rows": rows_of(pool, forms),
            "labels": list(forms),
            "totals": totals_of(pool, forms),
            "has_pool": bool(anchors),
            "shortage": shortage_of(pool) if anchors else "",
            "advice": [
                *advice_on_pool([line for line in bank if line.key in anchors], bank, pool.wanted),
                *advice_on_anchors(forms),
            ],
            "tests": blueprint.tests.all(),
            "trials": self.trials(pool, {line.key: line for line in bank}),
            "next_seed": random.randrange(SEEDS // 10),  # noqa: S311 (to look at, not a secret)
            "anchors": {key for key, is_anchor in anchors.items() if is_anchor},
        }

    def trials(self, pool: Pool, lines: dict[str, Line]) -> list[Trial]:
        """Three papers for `?seed=`; without it, or where none can be drawn, none."""
        text = self.request.GET.get("seed", "")
        if not pool.candidates or not (
            text.isascii() and text.isdigit() and len(text) < len(str(SEEDS))
        ):
            return []
        try:
            return [
                Trial(seed, tuple(lines[k] for k in choose(pool.wanted, pool.candidates, seed)))
                for seed in range(int(text), int(text) + TRIALS)
            ]
        except ShortPoolError:
            return []  # the page says what is missing

    def get_fields_context(self) -> list[dict[str, Any]]:
        return []  # the template says them


def rows_of(pool: Pool, forms: dict[str, list[str]]) -> list[Row]:
    keys = {key for questions in forms.values() for key in questions}
    asked = lines_by_key(keys)
    by_form = {
        label: [asked[key].candidate for key in questions if key in asked]
        for label, questions in forms.items()
    }
    return [
        Row(
            cell,
            said_place(cell.place),
            tuple((str(BAND_LABELS[band]), n) for band, n in cell.bands),
        )
        for cell in cells_of(pool.wanted, pool.candidates, by_form)
    ]


def totals_of(pool: Pool, forms: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "wanted": sum(pool.wanted.values()),
        "pool": len(pool.candidates),
        "forms": [len(questions) for questions in forms.values()],
    }


def shortage_of(pool: Pool) -> str:
    """Why no paper can be drawn; "" when one can."""
    try:
        choose(pool.wanted, pool.candidates, seed=0)
    except ShortPoolError as error:
        return said_shortage(error)
    return ""
