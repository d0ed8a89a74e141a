from datetime import date

from learning.people.known import known_to


def test_known_are_the_places_of_the_countries_of_the_asker(
    cast, time_machine, django_assert_num_queries
):
    time_machine.move_to("2026-11-21 12:00+05:00")
    cast.area_admin, cast.institution  # noqa: B018 (made by naming them)

    with django_assert_num_queries(3):  # with the roles
        known = known_to(cast.area_admin)

    assert [place.code for place in known.organisations] == ["test-ssi"]
    assert {place.code.partition("-")[0] for place in known.areas} == {"PK"}
    assert known.languages == ["en", "ur", "km", "lo"]
    assert known.today == date(2026, 11, 21)
