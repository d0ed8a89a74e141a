"""The formats of questions: for each its name, what it holds, how it is written and read.

A new format is a module like its nearest sister, with `hold`, `write` and `read`, named here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from modules.interchange.drafts import Draft, Held, Read
from modules.interchange.formats import (
    aiken,
    gift,
    gift_reading,
    moodle,
    moodle_reading,
    qti,
    qti_reading,
)


@dataclass(frozen=True)
class Format:
    """`keeps_keys`: whether the short names of options and the like are in the file."""

    name: str
    title: str
    ending: str
    content_type: str
    hold: Callable[[Draft], Held]
    write: Callable[[Sequence[Draft], str], bytes]
    read: Callable[[bytes], Read]
    many_languages: bool = False
    keeps_keys: bool = False


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            *("moodle", "Moodle XML", "xml", "application/xml"),
            *(moodle.hold, moodle.write, moodle_reading.read),
            many_languages=True,
        ),
        Format(
            *("qti30", "QTI 3.0", "qti30.zip", "application/zip"),
            *(qti.hold, qti.write_3_0, qti_reading.read),
            keeps_keys=True,
        ),
        Format(
            *("qti22", "QTI 2.2", "qti22.zip", "application/zip"),
            *(qti.hold, qti.write_2_2, qti_reading.read),
            keeps_keys=True,
        ),
        Format(
            *("gift", "GIFT", "gift.txt", "text/plain; charset=utf-8"),
            *(gift.hold, gift.write, gift_reading.read),
        ),
        Format(
            *("aiken", "Aiken", "aiken.txt", "text/plain; charset=utf-8"),
            *(aiken.hold, aiken.write, aiken.read),
        ),
    )
}
