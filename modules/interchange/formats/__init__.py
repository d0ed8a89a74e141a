"""The formats of questions: for each its name, what it holds, how it is written and read.

A new format is a module like its nearest sister, with `hold`, `write` and `read`, named here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from modules.interchange import fields
from modules.interchange.drafts import Draft, Held, Read
from modules.interchange.formats import (
    aiken,
    gift,
    gift_reading,
    moodle,
    moodle_reading,
    qti,
    qti_holding,
    qti_reading,
    tables,
    word,
)


@dataclass(frozen=True)
class Format:
    """`keeps_keys`: whether the short names of options and the like are in the file.

    `has_blank`: whether it is a form to fill in, so that a blank one helps.
    """

    name: str
    title: str
    ending: str
    content_type: str
    hold: Callable[[Draft], Held]
    write: Callable[[Sequence[Draft], str], bytes]
    read: Callable[[bytes], Read]
    many_languages: bool = False
    keeps_keys: bool = False
    has_blank: bool = False


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
            *(qti_holding.hold, qti.write_3_0, qti_reading.read),
            keeps_keys=True,
        ),
        Format(
            *("qti22", "QTI 2.2", "qti22.zip", "application/zip"),
            *(qti_holding.hold, qti.write_2_2, qti_reading.read),
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
        Format(
            *("xlsx", "Excel (XLSX)", "xlsx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            *(fields.hold, tables.write_xlsx, tables.read_xlsx),
            has_blank=True,
        ),
        Format(
            *("csv", "CSV", "csv", "text/csv; charset=utf-8"),
            *(fields.hold, tables.write_csv, tables.read_csv),
            has_blank=True,
        ),
        Format(
            *("docx", "Word (DOCX)", "docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            *(fields.hold, word.write, word.read),
            has_blank=True,
        ),
    )
}
