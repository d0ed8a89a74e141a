import pytest

from learning.people.models import Area
from learning.reporting.drawing import BAR, bars
from learning.reporting.mapping import GRIDS, lines_of, positions, tile_map
from learning.reporting.provinces import Province


def row(code, trained=None, target=None):
    return Province(code, code, trained, target, 0, None, None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("country", GRIDS)
def test_every_province_has_a_place_of_its_own(country):
    places = positions(country)

    provinces = Area.objects.filter(kind="province", path__startswith=f"{country}/")
    assert set(places) == {area.code for area in provinces}
    assert len(set(places.values())) == len(places)


def test_a_country_without_a_grid_has_no_map():
    assert tile_map("FR", {}, [], tall=False, rtl=False) is None


def test_tiles_tell_how_full_the_target_is():
    rows = [row("PK-PB", 30, 40), row("PK-SD", 50, 40), row("PK-BA", 3, 40), row("PK-KP", None, 9)]
    found = tile_map("PK", {}, rows, tall=False, rtl=False)

    tones = {tile.figure.code: tile.tone for tile in found.tiles if tile.figure}
    assert tones == {"PK-PB": "most", "PK-SD": "full", "PK-BA": "some", "PK-KP": "none"}
    assert len(found.tiles) == 7
    assert not found.is_wide
    assert tile_map("KH", {}, [], tall=False, rtl=False).is_wide


def test_east_stays_east_and_text_begins_where_it_is_read():
    plain, mirrored = (tile_map("PK", {}, [], tall=False, rtl=rtl) for rtl in (False, True))

    assert [tile.x for tile in plain.tiles] == [tile.x for tile in mirrored.tiles]
    assert plain.start + mirrored.start == plain.tile


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Punjab", ["Punjab"]),
        ("Khyber Pakhtunkhwa", ["Khyber", "Pakhtunkhwa"]),
        ("Gilgit-Baltistan", ["Gilgit-", "Baltistan"]),
        ("Azad Jammu and Kashmir", ["Azad Jammu", "and Kashmir"]),
        ("", []),
    ],
)
def test_names_stand_in_at_most_two_lines(name, lines):
    assert lines_of(name) == lines


def test_bars_are_on_one_scale_and_mirrored():
    rows = [
        row("a", 50, 100),
        row("b", 200, 100),
        row("c", None, 9),
        row("d", 5),
        row("", 250, 200),
    ]
    plain, mirrored = (bars(rows, rtl=rtl) for rtl in (False, True))

    assert set(plain) == {"a", "b"}
    assert (plain["a"].length, plain["a"].target) == (BAR // 4, BAR // 2)
    assert (mirrored["a"].x, mirrored["a"].target) == (BAR - BAR // 4, BAR - BAR // 2)
