"""The matrix of composing tests: for who may add questions; only system administrators delete."""

from tests.routes.rows import Row, in_admin

COMPOSE = ("author", "reviewer", "system_admin")
BLUEPRINTS = "wagtailsnippets_modules_blueprint"

ROWS = [
    *(
        Row(f"wagtailsnippets_modules_{model}:{view}", in_admin(*COMPOSE))
        for model, view in (
            ("blueprint", "list"),
            ("test", "add"),
            ("form", "add"),
            ("assignment", "list"),
            ("assignment", "add"),
        )
    ),
    Row(f"{BLUEPRINTS}:inspect", in_admin(*COMPOSE), lambda w: [w.blueprint.pk]),
    Row(f"{BLUEPRINTS}:edit", in_admin(*COMPOSE), lambda w: [w.blueprint.pk]),
    Row(f"{BLUEPRINTS}:delete", in_admin("system_admin"), lambda w: [w.blueprint.pk]),
]
