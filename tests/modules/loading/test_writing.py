import tomllib

from hypothesis import given
from hypothesis import strategies as st

from modules.loading.loading import LIBRARY
from modules.loading.parsing import parse_lesson, parse_toml
from modules.loading.writing import write_lesson, write_toml

texts = st.text(st.characters(codec="utf-8"), max_size=30)


def test_every_shipped_file_is_canonical():
    lessons = {path: path.read_text("utf-8") for path in LIBRARY.rglob("*.md")}
    tables = {path: path.read_text("utf-8") for path in LIBRARY.rglob("*.toml")}
    quoted = {"sources.toml", "terms.toml", "legal.toml"}

    assert (len(lessons) >= 7, len(tables) >= 30) == (True, True)
    for path, text in lessons.items():
        assert write_lesson(parse_lesson(path.name, text)) == text, path
    for path, text in tables.items():
        read = parse_toml(path.name, text)
        assert write_toml(read.data, read.head, quoted=path.name in quoted) == text, path


def test_the_form_of_toml():
    data = {
        "title": 'A "word"\n\\',
        "none": [],
        "keys": ["a", "b"],
        "row": [{"n": 1}, {"n": 2}],
        "table one": {"yes": True, "options": [{"key": "a", "bad key": "b"}], "ur": {"term": "x"}},
    }

    assert write_toml(data, "# Head") == (
        '# Head\n\ntitle = "A \\"word\\"\\n\\\\"\nnone = []\nkeys = [\n  "a",\n  "b",\n]\n\n'
        "[[row]]\nn = 1\n\n[[row]]\nn = 2\n\n"
        '["table one"]\nyes = true\noptions = [\n  {key="a", "bad key"="b"},\n]\nur = {term="x"}\n'
    )


@given(st.dictionaries(texts, st.dictionaries(texts, texts, max_size=3), max_size=3))
def test_what_is_written_reads_back(data):
    assert tomllib.loads(write_toml(data)) == data


@given(texts.filter(lambda text: "\n" not in text and "\r" not in text))
def test_attributes_read_back(text):
    lesson = parse_lesson("a.md", '+++\n+++\n\n::: figure {#a alt="x"}\n:::\n')
    lesson.blocks[0].attributes["alt"] = text

    assert parse_lesson("a.md", write_lesson(lesson)).blocks[0].attributes == {"alt": text}
