import pytest

from learning.attempts.practising import prose


@pytest.mark.parametrize(
    ("tag", "meaning"),
    [
        ("own", "Our own words or example: no source stands behind them."),
        ("calc", "Our own calculation from the figures beside it."),
    ],
)
def test_mark_tells_what_it_means_where_no_list_of_sources_stands(tag, meaning):
    html = prose(f"A gap. ({tag})", "/lesson/")

    assert html == f'A gap.<abbr class="device" title="{meaning}">({tag})</abbr>'


def test_source_leads_to_the_list_of_the_lesson():
    assert 'href="/lesson/#source-W7"' in prose("Law. [W7]", "/lesson/")
