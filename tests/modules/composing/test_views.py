"""The admin of tests, forms and blueprints: who composes, what is saved, what is refused."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from modules.papers import models as papers
from modules.papers.models import Blueprint, Form
from modules.questions.models import Question, QuestionVersion
from tests.cast import sign_in
from tests.modules.bank.making import make
from tests.modules.composing.conftest import PRACTICE_KEYS, TEST_KEYS
from tests.modules.questions.samples import english, in_set

pytestmark = pytest.mark.django_db

COMPOSERS = ("author", "reviewer", "system_admin")
OTHERS = ("learner", "trainer", "viewer", "programme_admin", "legal_reviewer", "translator")


def address(model: str, view: str, *args) -> str:
    return reverse(f"wagtailsnippets_modules_{model}:{view}", args=args)


def words(page) -> str:
    return " ".join(page.text.split())


# --- tests


def settings_of(**changed):
    """The form of a test as a browser sends it."""
    return {
        "course_code": "coordination", "purpose": "post", "drawing": "forms", "fixed_form": "",
        "blueprint": "", "minutes": "", "attempts": "2", "wait_days": "7", "counts": "best",
        "feedback_when": "closed", "opens_at": "", "closes_at": "", "second_marker": "0",
    } | changed  # fmt: skip


def post_test(client, **changed):
    return client.post(address("test", "add"), settings_of(**changed))


def test_an_author_makes_a_test(author):
    post_test(author, opens_at="2027-01-31 08:00", by_cohort="on")

    test = papers.Test.objects.get()
    assert (test.course_code, test.purpose, test.minutes) == ("coordination", "post", None)
    assert (test.attempts, test.wait_days, test.by_cohort) == (2, 7, True)
    assert test.opens_at.isoformat()[:10] in {"2027-01-31", "2027-01-30"}


def test_a_test_keeps_its_course_and_purpose(author):
    post_test(author)
    test = papers.Test.objects.get()

    author.post(address("test", "edit", test.pk), settings_of(purpose="pre", attempts="3"))

    test.refresh_from_db()
    assert (test.purpose, test.attempts) == ("post", 3)


def test_a_test_may_draw_by_a_blueprint_or_have_one_form(author, blueprint):
    form = Form.objects.get(label="B")

    post_test(author, drawing="pool", blueprint=blueprint.pk)
    post_test(author, purpose="pre", drawing="fixed", fixed_form=form.pk)

    drawn = {(t.purpose, t.drawing, t.blueprint, t.fixed_form) for t in papers.Test.objects.all()}
    assert drawn == {("post", "pool", blueprint, None), ("pre", "fixed", None, form)}


@pytest.fixture
def elsewhere(blueprint) -> dict[str, int]:
    """Another course's form and blueprint, by the name of the field."""
    form = Form.objects.create(course_code="elsewhere", label="A")
    other = Blueprint.objects.create(course_code="elsewhere", key="main")
    return {"fixed_form": form.pk, "blueprint": other.pk}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"feedback_when": "at_once"}, "Only practice tells at once."),
        ({"drawing": "fixed"}, "Choose the form that everybody gets."),
        ({"drawing": "pool"}, "Choose the blueprint to draw by."),
        ({"opens_at": "2027-01-31 08:00", "closes_at": "2027-01-31 08:00"}, "must close after"),
        ({"attempts": "0"}, "greater than or equal to 1"),
        ({"purpose": "final"}, "Select a valid choice"),
        ({"course_code": "nowhere"}, "Select a valid choice"),
        ({"minutes": "soon"}, "Enter a whole number"),
        ({"second_marker": "101"}, "less than or equal to 100"),
        ({"second_marker": "10", "purpose": "practice"}, "Leave it at 0."),
        ({"purpose": "practice"}, ""),
    ],
)
def test_bad_settings_are_refused_with_one_message(author, changed, said):
    page = post_test(author, **changed)

    assert said in words(page).replace("&#x27;", "'")
    assert papers.Test.objects.exists() is (not said)


def test_what_belongs_to_another_course_is_refused(author, elsewhere):
    page = post_test(author, drawing="fixed", fixed_form=elsewhere["fixed_form"])
    assert "Choose a form of the same course." in page.text
    page = post_test(author, drawing="pool", blueprint=elsewhere["blueprint"])
    assert "Choose a blueprint of the same course." in page.text
    page = post_test(author, fixed_form=Form.objects.get(course_code="coordination", label="A").pk)
    assert "Leave it empty: only “one form for everybody” uses it." in page.text
    assert not papers.Test.objects.exists()


def test_tests_that_are_compared_are_marked_alike(author):
    post_test(author)

    page = post_test(author, purpose="pre", negative_marking="on")
    assert "must be marked alike" in page.text
    assert papers.Test.objects.count() == 1

    post_test(author, purpose="pre", negative_marking="on", changes_both="on")
    assert set(papers.Test.objects.values_list("purpose", "negative_marking")) == {
        ("pre", True), ("post", True),
    }  # fmt: skip


def test_practice_may_be_marked_otherwise(author, blueprint):
    post_test(author)
    blueprint.pool.all().delete()
    for key in PRACTICE_KEYS:
        blueprint.pool.create(question_key=key)

    post_test(author, purpose="practice", drawing="pool", blueprint=blueprint.pk,
              negative_marking="on", feedback_when="at_once", attempts="99")  # fmt: skip

    assert papers.Test.objects.filter(purpose="practice", negative_marking=True).exists()
    assert papers.Test.objects.filter(purpose="post", negative_marking=False).exists()


def test_a_pool_that_is_not_enough_is_refused(author, blueprint):
    blueprint.cells.create(outcome="CO2", level="recall", count=3)

    page = post_test(author, drawing="pool", blueprint=blueprint.pk)

    said = "The pool is not enough for what the blueprint wants: CO2, recall: 3 questions missing."
    assert said in words(page)
    assert not papers.Test.objects.exists()


def test_a_measuring_test_asks_no_practice_question(author, blueprint):
    blueprint.pool.create(question_key="co-p1")

    page = post_test(author, drawing="pool", blueprint=blueprint.pk)

    assert "asks questions for tests alone; these are for practice: co-p1." in words(page)
    assert not papers.Test.objects.exists()


def test_practice_gives_no_test_away(author, blueprint):
    post_test(author)

    page = post_test(author, purpose="practice", drawing="pool", blueprint=blueprint.pk)

    assert "Practice would give away what a test asks: co-t1, co-t2" in words(page)
    assert papers.Test.objects.count() == 1


def test_forms_that_ask_nothing_are_no_test(author):
    Form.objects.get(label="B").questions.all().delete()

    assert "Form B asks nothing yet. Fill it first." in words(post_test(author))


@pytest.mark.parametrize("facts", [{"retired": True}, {"live": False}])
def test_a_question_that_is_no_longer_asked_stops_a_test(author, facts):
    Question.objects.filter(key="co-t1").update(**facts)

    assert "These questions are not published or retired: co-t1." in words(post_test(author))
    assert not papers.Test.objects.exists()


# --- forms


def questions_of(*keys: str, **changed):
    """The form of a form, with these questions in their order."""
    rows = dict(Question.objects.filter(locale__language_code="en").values_list("key", "pk"))
    data = {"course_code": "coordination", "label": "A", "blueprint": "", **changed}
    data["questions-count"] = str(len(keys))
    for number, key in enumerate(keys):
        data |= {
            f"questions-{number}-deleted": "", f"questions-{number}-order": str(number),
            f"questions-{number}-id": "", f"questions-{number}-type": "question",
            f"questions-{number}-value": rows[key],
        }  # fmt: skip
    return data


def edit_form(client, *keys: str, **changed):
    form = Form.objects.get(course_code="coordination", label="A")
    return client.post(address("form", "edit", form.pk), questions_of(*keys, **changed))


def test_questions_are_asked_in_the_order_given(author, blueprint):
    edit_form(author, "co-t3", "co-t1", "co-t8", blueprint=blueprint.pk)

    form = Form.objects.get(course_code="coordination", label="A")
    assert form.question_keys == ["co-t3", "co-t1", "co-t8"]
    assert form.blueprint == blueprint


def test_a_form_is_made(author):
    Form.objects.get(label="B").delete()

    author.post(address("form", "add"), questions_of("co-t5", label="B"))

    assert Form.objects.get(label="B").question_keys == ["co-t5"]


def test_the_form_shows_what_it_asks(author):
    form = Form.objects.get(label="A")

    page = words(author.get(address("form", "edit", form.pk)))

    assert "As it was saved last" in page
    assert "co-t1" in page
    assert "co-t4" in page
    assert "Which?" in page


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["co-t1", "co-t2", "co-t1"], "A form asks each question once; these stand twice: co-t1."),
        (["co-t1", "co-p1"], "these are for practice: co-p1."),
        ([], "There must be at least 1"),
    ],
)
def test_a_form_that_cannot_be_asked_is_refused(author, keys, said):
    page = edit_form(author, *keys)

    assert page.status_code == 200
    assert said in words(page) or not keys
    assert Form.objects.get(label="A").question_keys == TEST_KEYS[:4]


def test_the_bank_is_chosen_from_by_words_outcome_and_level(author):
    Question.objects.filter(key="co-t2").update(retired=True)
    make("co-t1", lang="ur", stem="کون سا؟")

    for view in ("choose", "choose_results"):
        page = words(author.get(reverse(f"wagtailsnippetchoosers_modules_question:{view}")))
        assert "co-t1" in page
        assert "Which?" in page
        assert "CO1" in page
        assert "co-t2" not in page
        assert "کون" not in page


def test_the_bank_is_searched_by_key_and_words(author):
    make("co-other", stem="Who pays the contribution?")
    address = reverse("wagtailsnippetchoosers_modules_question:choose_results")

    for query in ("CONTRIBUTION pays", "o-oth"):
        page = words(author.get(address, {"q": query}))
        assert "co-other" in page
        assert "co-t1" not in page


# --- blueprints


def filled(blueprint, cells: dict[str, str], pool=TEST_KEYS, anchors=()):
    return {
        "course_code": blueprint.course_code, "key": blueprint.key, "pool": list(pool),
        "pool-anchor": list(anchors), **{f"cells-{name}": n for name, n in cells.items()},
    }  # fmt: skip


def edit_blueprint(client, blueprint, cells, **rest):
    return client.post(address("blueprint", "edit", blueprint.pk), filled(blueprint, cells, **rest))


def content_of(blueprint):
    cells = {f"{c.outcome}-{c.level}": c.count for c in blueprint.cells.all()}
    return cells, {row.question_key: row.is_anchor for row in blueprint.pool.all()}


def test_making_a_blueprint_leads_on_to_its_cells(author):
    answer = author.post(
        address("blueprint", "add"), {"course_code": "coordination", "key": "main"}
    )

    blueprint = Blueprint.objects.get()
    assert answer["Location"] == address("blueprint", "edit", blueprint.pk)
    page = words(author.get(answer["Location"]))
    assert 'name="cells-CO1-apply"' in page
    assert 'value="co-t1"' in page
    assert 'name="cells-' not in author.get(address("blueprint", "add")).text


def test_cells_and_pool_are_filled_in(author, blueprint):
    edit_blueprint(
        author, blueprint, {"CO1-apply": "1", "CO2-recall": "0", "CO2-analyse": "2"},
        pool=["co-t1", "co-t2"], anchors=["co-t2", "co-t3"],
    )  # fmt: skip

    assert content_of(blueprint) == (
        {"CO1-apply": 1, "CO2-analyse": 2}, {"co-t1": False, "co-t2": True, "co-t3": True},
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["-1", "1.5", "many", "100", "0000999", "٣"])
def test_no_number_changes_nothing_and_stays_typed(author, blueprint, typed):
    before = content_of(blueprint)

    page = edit_blueprint(author, blueprint, {"CO1-apply": typed})

    assert f"CO1: “{typed}” is no whole number from 0 to 99." in words(page)
    assert f'name="cells-CO1-apply" value="{typed}"' in words(page)
    assert content_of(blueprint) == before


def test_a_question_of_another_course_changes_nothing(author, blueprint):
    before = content_of(blueprint)

    page = edit_blueprint(author, blueprint, {"CO1-apply": "1"}, pool=["co-t1", "zz-none"])

    assert "“zz-none” is no question of this course." in words(page)
    assert content_of(blueprint) == before


def test_what_a_test_draws_from_stays_enough(author, blueprint):
    papers.Test.objects.create(
        course_code="coordination", purpose="post", drawing="pool", blueprint=blueprint
    )
    before = content_of(blueprint)

    page = edit_blueprint(author, blueprint, {"CO1-apply": "9"})
    assert "CO1, apply: 1 question missing" in words(page)
    page = edit_blueprint(author, blueprint, {"CO1-apply": "1"}, pool=[*TEST_KEYS, "co-p1"])
    assert "these are for practice: co-p1." in words(page)
    page = edit_blueprint(author, blueprint, {})
    assert "The blueprint asks nothing yet." in words(page)
    assert content_of(blueprint) == before


def test_without_a_test_a_blueprint_may_be_unfinished(author, blueprint):
    edit_blueprint(author, blueprint, {"CO1-apply": "9"}, pool=[])

    assert content_of(blueprint) == ({"CO1-apply": 9}, {})


def page_of(client, blueprint, **query) -> str:
    return words(client.get(address("blueprint", "inspect", blueprint.pk), query))


def test_the_page_compares_what_is_wanted_with_what_is_there(author, blueprint):
    Form.objects.update(blueprint=blueprint)
    Question.objects.filter(key__in=["co-t1", "co-t2"]).update(expected=90)
    blueprint.cells.create(outcome="CO2", level="recall", count=3)

    page = page_of(author, blueprint)

    assert (
        '<td>8 <span class="bands"><span>easy 2</span> · <span>no estimate 6</span></span></td>'
        in page
    )
    assert '<td>4 <b class="short">not 2</b></td>' in page
    assert '<td>0 <b class="short">3 missing</b></td>' in page
    assert "No paper can be drawn: CO2, recall: 3 questions missing." in page
    assert "6 questions have no share of expected right answers." in page
    assert "The two forms share 0 questions. With 5 or more that stand in both" in page
    assert "It can be tried once the pool is enough." in page


def test_the_page_names_what_nobody_draws(author, blueprint):
    Question.objects.filter(key="co-t2").update(level="create")
    Question.objects.filter(key="co-t3").update(live=False)

    page = page_of(author, blueprint)

    assert "Nothing is wanted of their outcome and level, so nobody draws these: co-t2." in page
    assert "These are not published or retired, so nobody draws them: co-t3." in page


def test_the_page_names_the_rest_of_a_set(author, blueprint):
    for key in ("co-t1", "co-p1"):
        question = Question.objects.get(key=key)
        table = english("scenario") | in_set("Why?")
        question.definition = [{"type": table.pop("kind"), "value": table}]
        question.save()

    page = page_of(author, blueprint)

    assert "asked together, but these are not in the pool: co-p1." in page


def test_three_papers_are_tried_and_nothing_is_stored(author, blueprint):
    page = page_of(author, blueprint)
    assert "Draw three papers" in page
    assert "Paper 1" not in page

    page = page_of(author, blueprint, seed="7")

    assert [f"Paper {n}" in page for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert page.count("in every paper") == 3
    assert page.count("co-t8") == 3
    assert not QuestionVersion.objects.exists()


@pytest.mark.parametrize("seed", ["", "x", "-1", "1" * 30, "٣"])
def test_a_seed_that_is_none_draws_nothing(author, blueprint, seed):
    assert "Paper 1" not in page_of(author, blueprint, seed=seed)


def test_an_empty_blueprint_says_how_to_begin(author):
    blueprint = Blueprint.objects.create(course_code="coordination", key="main")

    page = page_of(author, blueprint)

    assert "It asks nothing yet." in page
    assert "There is no pool yet" in page
    assert "No test follows it yet." in page


def test_a_course_without_outcomes_and_questions_says_so(author):
    blueprint = Blueprint.objects.create(course_code="empty", key="main")

    page = words(author.get(address("blueprint", "edit", blueprint.pk)))

    assert "The course has no outcomes yet." in page
    assert "The bank has no question for an outcome of this course yet." in page


# --- who


@pytest.mark.parametrize("who", COMPOSERS)
def test_composers_open_everything(client, cast, blueprint, who):
    sign_in(client, getattr(cast, who))

    for model in ("test", "form", "blueprint"):
        assert client.get(address(model, "list")).status_code == 200
        assert client.get(address(model, "add")).status_code == 200
    assert client.get(address("blueprint", "inspect", blueprint.pk)).status_code == 200
    may_delete = client.get(address("blueprint", "delete", blueprint.pk)).status_code == 200
    assert may_delete is (who == "system_admin")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_does(client, cast, blueprint, who):
    sign_in(client, getattr(cast, who))
    form = Form.objects.get(label="A")
    closed = [
        address(model, view) for model in ("test", "form", "blueprint") for view in ("list", "add")
    ]
    closed += [address("form", "edit", form.pk), address("blueprint", "edit", blueprint.pk)]
    closed += [address("blueprint", "inspect", blueprint.pk)]

    for one in closed:
        answer = client.get(one)
        assert answer.status_code in {302, 403}, one
        assert "co-t1" not in answer.text
    client.post(address("test", "add"), settings_of())
    edit_blueprint(client, blueprint, {"CO1-apply": "1"})
    assert not papers.Test.objects.exists()
    assert blueprint.cells.get().count == 2


@pytest.mark.parametrize("drawing", ["fixed", "forms", "pool"])
def test_what_a_test_draws_on_is_not_deleted(client, cast, blueprint, drawing):
    form = Form.objects.get(label="A")
    on = {"fixed": {"fixed_form": form}, "pool": {"blueprint": blueprint}, "forms": {}}[drawing]
    papers.Test.objects.create(course_code="coordination", purpose="pre", drawing=drawing, **on)
    sign_in(client, cast.system_admin)
    kind, what = ("blueprint", blueprint) if drawing == "pool" else ("form", form)

    page = client.post(address(kind, "delete", what.pk), follow=True)

    assert "This test draws on it: before the course. Change the test first." in words(page)
    assert type(what).objects.filter(pk=what.pk).exists()


def test_what_no_test_draws_on_may_go(client, cast, blueprint):
    sign_in(client, cast.system_admin)

    client.post(address("blueprint", "delete", blueprint.pk))

    assert not Blueprint.objects.exists()


def test_pages_speak_the_language_of_their_reader(client, cast, blueprint):
    sign_in(client, cast.author)
    profile = UserProfile.get_for_user(cast.author)
    profile.preferred_language = "ur"
    profile.save()

    page = client.get(address("blueprint", "inspect", blueprint.pk)).text

    with translation.override("ur"):
        assert translation.gettext("Try a draw") in page
    assert 'dir="rtl"' in page


def test_each_list_leads_to_what_it_lists(author, blueprint):
    post_test(author)
    for name, model in {"test": papers.Test, "form": Form, "blueprint": Blueprint}.items():
        page = words(author.get(address(name, "list")))
        there = [address(name, "edit", one.pk) for one in model.objects.all()]

        assert there
        assert [edit for edit in there if f'href="{edit}"' not in page] == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_queries_do_not_grow(author, blueprint, size, django_assert_num_queries):
    for number in range(size):
        blueprint.cells.create(outcome="CO2", level=("recall", "apply", "create")[number], count=1)
    page_of(author, blueprint)

    with django_assert_num_queries(22):
        page_of(author, blueprint)
    with django_assert_num_queries(29):
        author.get(address("blueprint", "edit", blueprint.pk))
