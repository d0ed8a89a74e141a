"""A book before it has pages: what `compiling` makes and `setting` and `epub` turn into a file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A part of a chapter that the table of contents lists."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """One chapter. `anchor` is the id of its section and unique in the book.

    `html` is safe HTML5 without the chapter's own heading. It links to other chapters and to what
    stands in them by `#anchor` alone; figures and tables carry their numbers in their captions.
    """

    anchor: str
    kind: str  # "lesson", "exercise", "terms" …: the class of its section
    title: str
    html: str
    number: str = ""  # "4.3"; "" for what stands before and after the lessons
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Indexed:
    """A term and the anchors of the places where it is used, in their order."""

    term: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """One edition of a course in one language. All words are in `lang` or marked otherwise."""

    edition: str
    lang: str
    direction: str  # "ltr" or "rtl"
    course: str  # code of the course
    course_title: str
    title: str  # of the edition: "Participants’ handbook"
    version: str  # "0.2", or words that say what it is not
    sha: str  # of everything that is printed, 12 hex digits
    notice: str = ""  # "draft, awaiting native review"; "" when there is nothing to tell
    watermark: str = ""  # across every page; "" for what is published
    chapters: tuple[Chapter, ...] = ()
    index: tuple[Indexed, ...] = ()
