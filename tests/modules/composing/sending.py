"""The forms of the admin of tests as a browser sends them, and what its pages say."""

from django.urls import reverse

from tests.modules.composing.conftest import TEST_KEYS


def address(model: str, view: str, *args) -> str:
    return reverse(f"wagtailsnippets_modules_{model}:{view}", args=args)


def words(page) -> str:
    return " ".join(page.text.split())


def settings_of(**changed):
    """The form of a test as a browser sends it."""
    return {
        "course_code": "coordination", "purpose": "post", "drawing": "forms", "fixed_form": "",
        "blueprint": "", "minutes": "", "attempts": "2", "wait_days": "7", "counts": "best",
        "feedback_when": "closed", "opens_at": "", "closes_at": "", "second_marker": "0",
        "waves": "", "tolerance_days": "30",
    } | changed  # fmt: skip


def post_test(client, **changed):
    return client.post(address("test", "add"), settings_of(**changed))


def filled(blueprint, cells: dict[str, str], pool=TEST_KEYS, anchors=()):
    return {
        "course_code": blueprint.course_code, "key": blueprint.key, "pool": list(pool),
        "pool-anchor": list(anchors), **{f"cells-{name}": n for name, n in cells.items()},
    }  # fmt: skip


def edit_blueprint(client, blueprint, cells, **rest):
    return client.post(address("blueprint", "edit", blueprint.pk), filled(blueprint, cells, **rest))


def page_of(client, blueprint, **query) -> str:
    return words(client.get(address("blueprint", "inspect", blueprint.pk), query))
