"""What a drill came to, for `make drills` to write down."""

import json
import os
import time
from pathlib import Path
from typing import Any


class Figures:
    """Collects the figures of one drill, in the order in which they are to be read."""

    def __init__(self, drill: str, database: str) -> None:
        self.drill, self.database, self.began = drill, database, time.monotonic()

    def write(self, **numbers: Any) -> None:
        """Add a line to the file that DRILL_FIGURES names, if it does."""
        if path := os.environ.get("DRILL_FIGURES"):
            seconds = round(time.monotonic() - self.began, 1)
            line = {"drill": self.drill, "database": self.database, "seconds": seconds, **numbers}
            with Path(path).open("a") as file:
                file.write(json.dumps(line) + "\n")
