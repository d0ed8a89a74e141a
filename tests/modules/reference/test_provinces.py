import tomllib

import pytest
from django.conf import settings
from django.utils import translation

from modules.loading.layouts import FIGURE
from modules.reference.models import LegalFigure
from modules.reference.provinces import KINDS, PROVINCES, Kind, place_and_kind, table_by_place

LEGAL = settings.BASE_DIR / "modules/library/legal.toml"


@pytest.fixture(scope="module")
def shipped():
    tables = tomllib.loads(LEGAL.read_text(encoding="utf-8"))
    return [
        LegalFigure(key=key, **{name: table[name] for name in FIGURE if name in table})
        for key, table in tables.items()
    ]


def said(figures, *names):
    (row,) = table_by_place(figures, [Kind("Row", names)])
    return [(cell.words, cell.date) for cell in row.cells]


def figure(key, value="7", start="", end=""):
    return LegalFigure(key=key, value=value, unit="days", valid_from=start, valid_to=end)


def test_wage_limits_of_all_provinces(shipped):
    assert said(shipped, "wage-limit", "wage-limit-upper") == [
        ("PKR 22,000 a month", "as of 15 June 2017"),
        ("PKR 30,000 a month", "as of June 2022"),
        ("PKR 51,200 a month", "as of July 2023"),
        ("PKR 55,500 a month", "as of 1 January 2025"),
        ("PKR 22,500 a month", "date not known"),
    ]


def test_what_no_source_states_is_said(shipped):
    assert said(shipped, "sickness-rate") == [
        ("75% of wages", "date not known"),
        *[("not stated in our sources", "")] * 4,
    ]


def test_every_kind_has_a_figure_in_the_library(shipped):
    rows = table_by_place(shipped)

    assert [row.label for row in rows] == [kind.label for kind in KINDS]
    assert {len(row.cells) for row in rows} == {len(PROVINCES)}


@pytest.mark.parametrize(
    ("figures", "newest"),
    [
        ([("2017", ""), ("2022-06", "")], ("7 days", "as of June 2022")),
        ([("2030", "2031"), ("", "")], ("7 days", "date not known")),
        ([("", ""), ("2020", "")], ("7 days", "as of 2020")),
        ([("", "2012-10"), ("2012-10", "2017")], ("7 days", "October 2012 to 2017")),
        ([("", "2012-10")], ("7 days", "until October 2012")),
    ],
)
def test_the_newest_is_what_still_holds_and_began_last(figures, newest):
    made = [figure(f"pk-pb.rate.{n}", start=a, end=b) for n, (a, b) in enumerate(figures)]

    assert said(made, "rate")[0] == newest


def test_a_kind_that_no_place_has_is_left_out():
    assert table_by_place([figure("kh.rate"), figure("pk.rate")], [Kind("Row", ("rate",))]) == []


def test_the_first_name_of_a_kind_goes_before_the_others():
    figures = [figure("pk-pb.other", "2", "2026"), figure("pk-pb.rate", "3", "2020")]

    assert said(figures, "rate", "other")[0] == ("3 days", "as of 2020")


def test_the_words_are_those_of_the_reader(shipped):
    with translation.override("ur"):
        words = said(shipped, "payment-day")[1][0]

    assert "15" in words
    assert "day" not in words


def test_a_key_says_place_and_kind():
    assert place_and_kind("pk-sd.wage-limit-upper.2022") == ("PK-SD", "wage-limit-upper")
    assert place_and_kind("kh.fine") == ("KH", "fine")
