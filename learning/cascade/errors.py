"""Why something about a training session was not done, in words for the person who asked."""


class Refused(Exception):
    """Nothing was changed. `str()` says why and what to do, in the reader's language."""


class StickerTaken(Refused):
    """Somebody else has the sticker with this number."""


class ListRefused(Refused):
    """Nobody of a list was registered; `rows` holds the reasons by number of the row."""

    def __init__(self, rows: dict[int, str]) -> None:
        super().__init__(" ".join(rows.values()))
        self.rows = rows
