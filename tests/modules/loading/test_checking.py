import pytest

from modules.loading.checking import broken, problems
from modules.loading.library import read_library
from modules.loading.loading import LIBRARY
from tests.modules.loading.mini import change

LANGUAGES = ["en", "ur", "km", "lo"]
ONE = "mini/en/01-one.md"
QUESTIONS = "mini/en/01-one.questions.toml"
TESTS = "mini/en/tests.questions.toml"


def said(errors):
    return [str(error) for error in errors]


def test_nothing_is_wrong_with_the_shipped_library():
    assert said(problems(read_library(LIBRARY, LANGUAGES))) == []


def test_nothing_is_wrong_with_the_mini_library(root):
    assert said(problems(read_library(root, LANGUAGES))) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("mini/course.toml", '  "two",\n', "", "mini/en/02-two.md:1: this lesson is not in the"),
        ("mini/course.toml", '"two"', '"tri"', "mini/course.toml:1: there is no English file of"),
        (ONE, '["MI1"]', '["MI7"]', f'{ONE}:1: there is no outcome "MI7".'),
        (ONE, "kh.mini-limit", "kh.x", f'{ONE}:22: there is no figure "kh.x" in legal.toml.'),
        (ONE, 'use="mi-one"', 'use="mi-x"', f'{ONE}:32: there is no question "mi-x".'),
        (ONE, 'use="mi-one"', 'use="mi-a1"', f'{ONE}:32: "mi-a1" is not for practice.'),
        ("mini/tests.toml", "mi-b1", "mi-b2", "mini/tests.toml:9: form B, position 1: there is no"),
        (
            "mini/tests.toml",
            "mi-b1",
            "mi-one",
            'mini/tests.toml:9: form B, position 1: "mi-one" is',
        ),
        (QUESTIONS, "correct=true", "correct=false", f"{QUESTIONS}:1: mi-one: options: no option"),
        (QUESTIONS, ', feedback="It is."', "", f'{QUESTIONS}:1: mi-one: en, options, "a": "feedb'),
        (QUESTIONS, '"MI1"', '"MI9"', f'{QUESTIONS}:1: mi-one: there is no outcome "MI9".'),
        (QUESTIONS, "understand", "know", f'{QUESTIONS}:1: mi-one: there is no level "know".'),
        (QUESTIONS, '"practice"', '"exam"', f'{QUESTIONS}:1: mi-one: "use" must be practice or'),
        (QUESTIONS, "[mi-one]", "[one]", f'{QUESTIONS}:1: one: the key must begin with "mi-".'),
        ("mini/ur/01-one.questions.toml", '"b"', '"c"', "mini/ur/01-one.questions.toml:1: mi-one:"),
    ],
)
def test_what_must_not_reach_the_database(root, file, old, new, message):
    change(root, file, old, new)

    found = said(broken(read_library(root, LANGUAGES)))

    assert any(line.startswith(message) for line in found), found


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (ONE, 'A \\"dot\\" in a box.', " ", f'{ONE}:16: "alt" must say what the drawing shows.'),
        (ONE, "- A: the dot", "- B: it", f'{ONE}:16: the legend does not explain the letter "A".'),
        (ONE, "term:mini term", "term:maxi", f'{ONE}:13: there is no term "maxi" in terms.toml.'),
        (ONE, "[[term:", "[[trm:", f'{ONE}:13: "[[trm:mini term|term]]" is no mark of ours.'),
        (
            ONE,
            "[[term:mini term|",
            "[[see:gone|",
            f'{ONE}:13: there is no lesson "gone" in this course.',
        ),
        (ONE, "[[term:mini term|", "[[see:one#x|", f'{ONE}:13: "one" has no block "x".'),
        (ONE, "[[term:mini term|term]]", "[[see:one]]", f'{ONE}:13: "[[see:one]]" must be like'),
        (ONE, "outside. [W900]", "[W901]", f'{ONE}:23: there is no source "W901" in sources.toml.'),
        (QUESTIONS, "[W900]", "[W9]", f'{QUESTIONS}:1: there is no source "W9" in sources.toml.'),
        ("terms.toml", "[W900]", "[E]", 'terms.toml:1: there is no source "E" in sources.toml.'),
        (ONE, "- [W900] all", "- all", f"{ONE}:13: [W900] is missing in the lesson's list"),
        (
            QUESTIONS,
            "One is one. [W900]",
            "[W900][GK]",
            f"{QUESTIONS}:1: [GK] is missing in the lesson's list of sources.",
        ),
        (
            "sources.toml",
            'confidence = "source"',
            'confidence = "source"\nkind = "act"',
            'sources.toml:3: "kind" must be one of law, other.',
        ),
        ("mini/figures/dot.svg", ">A<", ">dot<", f"{ONE}:16: figures/dot.svg: A drawing carries"),
        (
            "mini/tests.toml",
            '"mi-b1",\n',
            '"mi-b1",\n  "mi-a1",\n',
            "mini/tests.toml:9: forms A and B are not parallel at position 2: nothing and MI1",
        ),
    ],
)
def test_what_authors_have_to_mend(root, file, old, new, message):
    change(root, file, old, new)

    library = read_library(root, LANGUAGES)
    found = said(problems(library))

    assert library.errors == ()
    assert any(line.startswith(message) for line in found), found


SIXTEEN = "one two three four five six seven eight nine ten eleven twelve thirteen … it ends now"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (ONE, "outside. [W900]", "outside.", f"{ONE}:23: this paragraph does not end with its"),
        (ONE, "What now? (own)", "- Go. (own)\n- What?", f"{ONE}:30: this paragraph does not end"),
        ("mini/ur/01-one.md", "## کہانی", "ایک۔", "mini/ur/01-one.md:23: this paragraph does not"),
        (
            ONE,
            "What now? (own)",
            "| A | B |\n|---|---|\n| C | D |",
            f"{ONE}:29: no paragraph says where this table comes from.",
        ),
        (ONE, "What now?", f'"{SIXTEEN}"', f"{ONE}:29: a quotation of 16 words:"),
        (QUESTIONS, "One?", f"“{SIXTEEN}”?", f"{QUESTIONS}:1: a quotation of 16 words:"),
        (ONE, "What now?", "A mini-term?", f'{ONE}:29: "mini-term" is written "mini term" in'),
        (ONE, 'A \\"dot\\"', "A Miniterm", f'{ONE}:16: "miniterm" is written "mini term" in'),
        (QUESTIONS, "No", "No mini-terms", f'{QUESTIONS}:1: "mini-terms" is written "mini terms"'),
        (ONE, "What now?", "word " * 58 + "now.", f"{ONE}:1: 22.7 words a sentence; fewer than"),
        (ONE, "What now?", "word " * 18, f"{ONE}:1: 1 of 3 paragraphs have long sentences or more"),
    ],
)
def test_what_is_wrong_with_prose(root, file, old, new, message):
    change(root, file, old, new)

    found = said(problems(read_library(root, LANGUAGES)))

    assert [line for line in found if line.startswith(message)], found


def test_fifteen_words_may_be_quoted_and_a_table_follow_its_paragraph(root):
    words = SIXTEEN.removeprefix("one ")
    change(
        root, ONE, "What now? (own)", f'He said "{words}". (own)\n\n| A | B |\n|---|---|\n| C | D |'
    )

    assert said(problems(read_library(root, LANGUAGES))) == []


def test_every_outcome_is_served_practised_and_tested(root):
    change(
        root,
        "mini/course.toml",
        "[[outcome]]",
        '[[outcome]]\ncode = "MI2"\nlevel = "apply"\n\n[[outcome]]',
    )
    change(root, "mini/en/course.toml", "MI1 =", 'MI2 = "Do."\nMI1 =')

    assert said(problems(read_library(root, LANGUAGES))) == [
        "mini/course.toml:1: no lesson serves MI2.",
        "mini/course.toml:1: no question in a lesson practises MI2.",
        "mini/tests.toml:9: form A does not test MI2.",
        "mini/tests.toml:9: form B does not test MI2.",
    ]


def test_a_course_with_five_outcomes_tests_each_three_times(root):
    more = [f'[[outcome]]\ncode = "MI{n}"\nlevel = "apply"\n\n' for n in (2, 3, 4, 5)]
    change(root, "mini/course.toml", "[[outcome]]", f"{''.join(more)}[[outcome]]")
    titles = "".join(f'MI{n} = "Do."\n' for n in (2, 3, 4, 5))
    change(root, "mini/en/course.toml", "MI1 =", f"{titles}MI1 =")

    found = said(problems(read_library(root, LANGUAGES)))

    assert "mini/tests.toml:9: form B tests MI1 with 1 questions, not 3." in found
    assert "mini/tests.toml:9: form B tests MI5 with 0 questions, not 3." in found


def test_a_course_without_tests_is_told_so(root):
    (root / "mini/tests.toml").unlink()

    found = said(problems(read_library(root, LANGUAGES)))

    assert "mini/tests.toml:1: form A does not test MI1." in found


def test_an_announced_course_may_be_incomplete(root):
    change(root, "mini/course.toml", '"open"', '"announced"')
    (root / "mini/tests.toml").unlink()

    found = said(problems(read_library(root, LANGUAGES)))

    assert [line for line in found if "does not test" in line] == []


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (" ", '"keys" must name one figure of legal.toml or more, each once.'),
        ("kh.mini-limit kh.mini-limit", '"keys" must name one figure of legal.toml or more, each'),
        ("kh.mini-limit kh.x", 'there is no figure "kh.x" in legal.toml.'),
    ],
)
def test_a_law_table_names_figures_that_there_are(root, keys, message):
    change(root, "mini/ur/01-one.md", "law {#limit}", "figures {#limit}")
    change(root, ONE, 'law {#limit figure="kh.mini-limit"}', f'figures {{#limit keys="{keys}"}}')

    found = said(broken(read_library(root, LANGUAGES)))

    assert [line.startswith(f"{ONE}:22: {message}") for line in found] == [True]


def test_a_law_table_may_cite_unsettled_law_too(root):
    change(root, "mini/ur/01-one.md", "law {#limit}", "figures {#limit}")
    change(root, ONE, "law {#limit figure=", "figures {#limit keys=")
    assert said(problems(read_library(root, LANGUAGES))) == []

    change(root, "legal.toml", 'jurisdiction = "KH"', 'jurisdiction = "PK-PB"')

    assert len(said(problems(read_library(root, LANGUAGES)))) == 1


def test_a_missing_lesson_or_question_does_not_stop_the_check(root):
    change(root, "mini/course.toml", '"two"', '"tri"')
    change(root, "mini/tests.toml", "mi-b1", "mi-b2")

    found = said(problems(read_library(root, LANGUAGES)))

    assert "mini/tests.toml:9: form B does not test MI1." in found


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("legal.toml", 'jurisdiction = "KH"', 'jurisdiction = "PK-PB"'),
        (ONE, "What now?", "It changed. [W53]"),
        (QUESTIONS, "One is one.", "One is one. [W54]"),
    ],
)
def test_a_lesson_that_cites_unsettled_law_has_a_caution_or_is_cleared(root, file, old, new):
    missing = f'{ONE}:1: it cites law that is not settled: "legal_caution" is missing.'
    change(root, file, old, new)
    assert missing in said(problems(read_library(root, LANGUAGES)))

    for caution in ("punjab-2026", "cleared"):
        path = root / ONE
        text = path.read_text()
        head = 'minutes = 20\nreview = "draft"\n'
        path.write_text(text.replace(head, f'{head}legal_caution = "{caution}"\n'))
        found = said(problems(read_library(root, LANGUAGES)))
        assert [line for line in found if "legal_caution" in line] == []
        path.write_text(text)


def test_a_legal_caution_is_one_of_those_we_know(root):
    change(root, ONE, "minutes = 20\n", 'minutes = 20\nlegal_caution = "sindh"\n')

    assert said(problems(read_library(root, LANGUAGES))) == [
        f'{ONE}:1: "legal_caution" must be one of punjab-2026, cleared.'
    ]


def test_forms_ask_for_the_same_at_each_position(root):
    path = root / TESTS
    path.write_text(path.read_text().replace('"understand"', '"apply"', 1))

    (error,) = said(problems(read_library(root, LANGUAGES)))

    assert error == (
        "mini/tests.toml:9: forms A and B are not parallel at position 1: MI1 apply truefalse and"
        " MI1 understand truefalse."
    )


def test_a_question_that_nothing_uses(root):
    path = root / QUESTIONS
    path.write_text(path.read_text() + "\n" + path.read_text().replace("[mi-one]", "[mi-spare]"))

    assert said(problems(read_library(root, LANGUAGES))) == [
        f"{QUESTIONS}:13: mi-spare: this question is never used."
    ]


def test_a_drawing_that_no_lesson_shows(root):
    (root / "mini/figures/spare.svg").write_text("<svg/>")

    assert said(problems(read_library(root, LANGUAGES))) == [
        "mini/figures/spare.svg:1: no lesson shows this drawing."
    ]


def test_a_file_stands_where_course_toml_says(root):
    (root / "mini/en/02-two.md").rename(root / "mini/en/03-two.md")

    assert said(broken(read_library(root, LANGUAGES))) == [
        "mini/en/03-two.md:1: in course.toml this is lesson 2."
    ]
