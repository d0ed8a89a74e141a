"""Small files written after the published descriptions of the formats: what becomes of them."""

import pytest

from modules.interchange.detecting import format_of
from modules.interchange.formats import FORMATS, aiken, gift_reading, moodle_reading, qti_reading
from modules.questions.kinds import kind_of
from tests.modules.interchange.drafting import draft


def only(read):
    (draft,) = read.drafts
    return draft


def told(read):
    return [(one.verdict.value, one.code, one.line) for one in read.remarks]


def texts(draft):
    return draft.definition["texts"]["en"]


# --- GIFT

GIFT = """\
// What teachers type.
$CATEGORY: $course$/top/coordination/CO1

::Q1:: 1+1\\=2 {T#No, it is.#Yes.}

Which one?{
  =Declare # First.
  ~Pay # Later.
  ~%-50%Wait
}

::several::Which two?{~%50%A ~%50%B ~%-50%C ####Both.}

Who was the first {=secretary ~%30%clerk} of the board?

::m::[html]<p>Match &amp; see.</p>{=A\\:1 -> one =B -> two}

::n::How much?{#=1822:5 =%50%1822:10}

::r::How far?{#1.5..2.5}

::s::Who?{=EOBI =E.O.B.I.}

::e::Write. {}

::bad::No end {=a ~b

::d::Only words.

::img::[html]Look: <img src="x.png">{=a ~b}
"""


def test_gift_of_teachers():
    read = gift_reading.read(GIFT.encode())
    found = {draft.key: draft for draft in read.drafts}

    assert {key: draft.kind for key, draft in found.items()} == {
        "q1": "truefalse", "which-one": "single", "several": "multiple",
        "who-was-the-first-of-the-board": "single", "m": "matching", "r": "numeric",
        "n": "numeric", "s": "short", "e": "essay",
    }  # fmt: skip
    assert texts(found["q1"])["stem"] == "1+1=2"
    assert texts(found["q1"])["options"]["true"]["feedback"] == "Yes."
    assert texts(found["m"])["premises"]["a"]["text"] == "A:1"
    assert texts(found["m"])["stem"] == "Match & see."
    assert found["r"].definition["structure"] == {"answer": "2", "tolerance": "0.5"}
    assert texts(found["s"])["accepted"] == "EOBI\nE.O.B.I."
    assert {draft.category for draft in read.drafts} == {"coordination/CO1"}
    assert [row for row in told(read) if row[0] == "refused"] == [
        ("refused", "gift_braces", 26), ("refused", "description", 28),
        ("refused", "unsayable", 30),
    ]  # fmt: skip
    assert ("changed", "shares", 14) in told(read)


def test_line_ends_and_marks_of_other_systems_change_nothing():
    plain = gift_reading.read(GIFT.encode())
    windows = gift_reading.read(GIFT.replace("\n", "\r\n").encode("utf-8-sig"))
    wide = gift_reading.read(GIFT.encode("utf-16"))
    assert plain == windows == wide


# --- Aiken


def test_aiken_is_read_strictly_and_goes_on_after_a_mistake():
    text = (
        "Which is first?\nA. To pay\nB. To declare\nANSWER: B\n"
        "Which is next?\nA) To wait\nC) To go\nANSWER: A\n\n"
        "Which is last?\nA. To close\nB. To leave\n\n"
        "Who?\nA. I\nB. You\nANSWER: C\n"
        "Where?\nA. Here\nB. There\nAnswer: A\n"
    )
    read = aiken.read(text.encode())

    assert texts(only(read))["stem"] == "Which is first?"
    assert kind_of(only(read).definition).right(only(read).definition) == "b"
    assert [row for row in told(read) if row[0] == "refused"] == [
        ("refused", "aiken_letters", 7),
        ("refused", "aiken_no_answer", 13),
        ("refused", "aiken_no_such_option", 17),
        ("refused", "aiken_answer", 21),
    ]


# --- Moodle XML


def moodle(inner, kind="multichoice", text="<p>Which?</p>"):
    return (
        f'<quiz><question type="{kind}"><name><text>Q</text></name><questiontext format="html">'
        f"<text><![CDATA[{text}]]></text></questiontext>{inner}</question></quiz>"
    ).encode()


def answer(text, fraction, more=""):
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{more}</answer>'


def test_a_moodle_choice_with_penalties_and_half_marks():
    three = answer("a", 100) + answer("b", -50) + answer("c", -50)
    read = moodle_reading.read(moodle(f"<single>true</single>{three}"))
    assert only(read).definition["method"] == "penalised"

    half = answer("a", 100) + answer("b", 50) + answer("c", 0)
    read = moodle_reading.read(moodle(f"<single>true</single>{half}"))
    assert only(read).definition["method"] == "right_or_wrong"
    assert ("changed", "shares", 1) in told(read)


def test_emphasis_falls_away_and_pictures_are_refused():
    two = answer("a", 100) + answer("b", 0)
    one = f"<single>true</single>{two}"
    read = moodle_reading.read(moodle(one, text="<p>Which <b>two</b>?</p><ul><li>x</li></ul>"))
    assert texts(only(read))["stem"] == "Which two?\n\n- x"
    assert ("changed", "undressed", 1) in told(read)
    for text in (
        '<img src="@@PLUGINFILE@@/a.png">',
        "<table><tr><td>1</td></tr></table>",
        "\\(x\\)",
    ):
        assert told(moodle_reading.read(moodle(one, text=text))) == [("refused", "unsayable", 1)]


def test_a_script_leaves_nothing():
    two = answer("a", 100) + answer("b", 0)
    read = moodle_reading.read(
        moodle(f"<single>true</single>{two}", text="<script>alert(1)</script>Which?")
    )
    assert texts(only(read))["stem"] == "Which?"


def test_a_moodle_cloze():
    text = (
        "<p>Fill in.</p><p>It is {1:MC:=paid#By members.~%50%half~free} and covers "
        "{2:NUMERICAL:=55:2.5} of {:SA:=all~=everybody}.</p>"
    )
    draft = only(moodle_reading.read(moodle("", "cloze", text)))
    assert draft.definition["structure"]["gaps"] == [
        {"key": "a", "match": "a"}, {"key": "b", "answer": "55", "tolerance": "2.5"}, {"key": "c"},
    ]  # fmt: skip
    assert texts(draft)["text"] == "It is [[a]] and covers [[b]] of [[c]]."
    assert texts(draft)["gaps"]["c"]["accepted"] == "all\neverybody"


def test_languages_of_one_text_part_and_english_must_be_there():
    two = answer("{mlang en}Yes{mlang}{mlang ur}ہاں{mlang}", 100) + answer("No", 0)
    both = "{mlang en}Which?{mlang}{mlang ur}کون سا؟{mlang}"
    read = moodle_reading.read(moodle(f"<single>true</single>{two}", text=both))
    said = only(read).definition["texts"]
    assert said["ur"]["stem"] == "کون سا؟"
    assert [row["text"] for row in said["ur"]["options"].values()] == ["ہاں", "No"]

    alone = "{mlang ur}کون سا؟{mlang}"
    read = moodle_reading.read(
        moodle(f"<single>true</single>{two}".replace("en}", "km}"), text=alone)
    )
    assert told(read) == [("refused", "no_english", 1)]


@pytest.mark.parametrize(
    ("kind", "inner", "code"),
    [
        ("ddmarker", "", "unknown_kind"),
        ("numerical", answer("1", 100) + answer("2", 100), "several_numbers"),
        ("numerical", answer("one", 100), "no_number"),
        ("multichoice", answer("a", 100), "ill_made"),
        ("cloze", "", "no_gaps"),
    ],
)
def test_what_moodle_has_and_we_have_not_is_refused(kind, inner, code):
    assert told(moodle_reading.read(moodle(inner, kind)))[-1] == ("refused", code, 1)


# --- QTI

MATCH = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"
MAP = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response"


def qti(declaration, body, processing=f'<responseProcessing template="{MATCH}"/>'):
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="item-one">\n'
        f"{declaration}\n<itemBody>{body}</itemBody>\n{processing}</assessmentItem>"
    ).encode()


def declared(right, mapping="", cardinality="single", base="identifier"):
    values = "".join(f"<value>{one}</value>" for one in right)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
    )


CONSTANT = (
    '<responseProcessing><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1'
    "</baseValue></setOutcomeValue></responseProcessing>"
)
CHOICES = (
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0"><prompt>Which?</prompt>'
    + "".join(
        f'<simpleChoice identifier="{one}">{one}</simpleChoice>' for one in ("H", "O", "Cl", "He")
    )
    + "</choiceInteraction>"
)


def test_a_qti_choice_by_template():
    read = qti_reading.read(qti(declared(["H"]), f"<p>Water.</p>{CHOICES}"))
    draft = only(read)
    assert (draft.kind, draft.key) == ("single", "item-one")
    assert texts(draft)["stem"] == "Water.\n\nWhich?"
    assert kind_of(draft.definition).right(draft.definition) == "a"


def test_a_qti_mapping_with_weights_of_its_own_is_told():
    """The mapping of the example choice_multiple in the guide to QTI: H 1, O 1, Cl -1, else -2."""
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{value}"/>'
        for key, value in (("H", 1), ("O", 1), ("Cl", -1))
    )
    mapping = f'<mapping lowerBound="0" upperBound="2" defaultValue="-2">{entries}</mapping>'
    read = qti_reading.read(
        qti(declared(["H", "O"], mapping, "multiple"), CHOICES,
            f'<responseProcessing template="{MAP}"/>')
    )  # fmt: skip
    draft = only(read)
    assert (draft.kind, draft.definition["method"], draft.definition["max"]) == (
        "multiple", "plus_minus", "2",
    )  # fmt: skip
    assert ("changed", "weights", 1) in told(read)


def test_a_qti_number_with_a_tolerance():
    rule = (
        "<responseProcessing><responseCondition><responseIf>"
        '<equal toleranceMode="absolute" tolerance="0.5 1"><variable identifier="RESPONSE"/>'
        '<correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">2</baseValue></setOutcomeValue></responseIf>'
        "</responseCondition></responseProcessing>"
    )
    field = '<p>How many? <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    draft = only(qti_reading.read(qti(declared(["10"], "", "single", "float"), field, rule)))
    assert draft.definition["structure"] == {"answer": "10", "min": "9.5", "max": "11"}
    assert draft.definition["max"] == "2"
    assert texts(draft)["stem"] == "How many?"


@pytest.mark.parametrize(
    ("processing", "code"),
    [
        ('<responseProcessing template="http://example.org/my_own"/>', "qti_template"),
        ("", "qti_marking"),
        ("<responseProcessing><exitResponse/></responseProcessing>", "qti_marking"),
        (CONSTANT, "qti_marking"),
        ('<responseProcessing><lookupOutcomeValue identifier="SCORE"/></responseProcessing>',
         "qti_marking"),
    ],
)  # fmt: skip
def test_marking_that_is_not_understood_is_refused(processing, code):
    read = qti_reading.read(qti(declared(["H"]), CHOICES, processing))
    assert [row[:2] for row in told(read)] == [("refused", code)]


def test_an_interaction_that_is_not_known_is_refused_with_its_line():
    slider = '\n<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"/>'
    read = qti_reading.read(qti(declared(["3"], "", "single", "integer"), slider))
    assert told(read) == [("refused", "unknown_kind", 4)]


# --- spreadsheets and Word


def test_a_spreadsheet_of_teachers():
    text = (
        "Key;Kind;Question;A;B;C;Right;Marks\n"
        "a;single;Which?;One;Two;;A;3\n"
        "b;single;Which?;One;Two;;D;\n"
        "#c;single;Passed over;One;Two;;A;\n"
        "d;riddle;Which?;;;;;\n"
        'e;ordering;"In which\norder?";First;Then;Last;;\n'
    )
    read = FORMATS["csv"].read(text.encode("utf-8-sig"))
    assert [draft.kind for draft in read.drafts] == ["single", "ordering"]
    assert texts(read.drafts[1])["stem"] == "In which\norder?"
    assert ("changed", "unknown_field", 2) in told(read)
    assert [row for row in told(read) if row[0] == "refused"] == [
        ("refused", "no_such_letter", 3),
        ("refused", "unknown_kind", 5),
    ]


def test_formulas_of_a_spreadsheet_go_out_as_words():
    read = FORMATS["gift"].read(b"::a::\\=SUM(1)?{=+1 ~-1}")
    data = FORMATS["csv"].write([only(read)], "en").decode("utf-8-sig")
    assert ",'=SUM(1)?," in data
    assert ",'+1," in data
    assert texts(only(FORMATS["csv"].read(data.encode())))["stem"] == "=SUM(1)?"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_told_by_what_a_file_holds(name):
    form = FORMATS[name]
    held = form.hold(draft("single")).draft
    found = format_of(form.write([held], "en"))
    assert found == ("qti30" if name == "qti22" else name)
