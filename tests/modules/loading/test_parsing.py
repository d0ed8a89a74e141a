import pytest

from modules.loading.errors import LibraryError
from modules.loading.parsing import Block, parse_lesson, parse_toml

LESSON = """+++
key = "one"
minutes = 45
+++

::: text {#start minutes=9}
## Heading

Words. [E]
:::

::: figure {#map file="figures/a.svg" alt="A \\"box\\" and a \\\\."}
Caption.
:::

::: question {#q use="co-one"}
:::
"""


def test_lesson_becomes_front_matter_and_blocks():
    lesson = parse_lesson("a.md", LESSON)

    assert lesson.front == {"key": "one", "minutes": 45}
    assert lesson.blocks == (
        Block("text", "start", {"minutes": "9"}, "## Heading\n\nWords. [E]", 6),
        Block(
            "figure", "map", {"file": "figures/a.svg", "alt": 'A "box" and a \\.'}, "Caption.", 12
        ),
        Block("question", "q", {"use": "co-one"}, "", 16),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++\nkey", "key", 'a.md:1: a lesson begins with a line "+++".'),
        ("minutes = 45\n+++\n", "minutes = 45\n", "a.md:1: the front matter is not closed"),
        ("minutes = 45", "minutes = ", "a.md:3: not TOML: Invalid value."),
        ("Words. [E]\n:::\n", "Words. [E]\n", 'a.md:6: the block "start" is not closed'),
        ("Words. [E]\n:::\n", "Words. [E]\n:::x\n", 'a.md:6: the block "start" is not closed'),
        ("::: text {#start minutes=9}", "::: text", "a.md:6: expected a block such as"),
        ("\n::: question", "\nLost.\n::: question", "a.md:16: expected a block such as"),
        ("{#start minutes=9}", "{#start minutes=9 minutes=8}", 'a.md:6: the attribute "minutes"'),
        ('file="figures/a.svg"', "file='figures/a.svg'", "a.md:12: attributes are written"),
        ("{#start", "{#Start", "a.md:6: expected a block such as"),
    ],
)
def test_what_is_no_lesson_is_named_with_its_line(old, new, said):
    assert old in LESSON
    with pytest.raises(LibraryError) as error:
        parse_lesson("a.md", LESSON.replace(old, new, 1))

    assert str(error.value).startswith(said)


def test_toml_keeps_its_head_and_knows_its_lines():
    text = '# One\n# Two\n\n# Lost\n["a b"]\nx = 1\n\n[[row]]\ny = 1\n\n[[row]]\ny = 2\n'

    document = parse_toml("a.toml", text)

    assert document.head == "# One\n# Two"
    assert document.lines == {"a b": 5, "row.0": 8, "row.1": 11}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\n[a]\n", "a.toml:2: not TOML: Cannot declare ('a',) twice."),
        ('x = 1\ny = "z', "a.toml:2: not TOML: Unterminated string."),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(text, said):
    with pytest.raises(LibraryError) as error:
        parse_toml("a.toml", text)

    assert str(error.value) == said
