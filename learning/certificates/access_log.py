"""gunicorn's access log without tokens, for whoever turns it on."""

from typing import Any

from gunicorn.glogging import Logger

from learning.certificates.concealing import concealed


class AccessLogger(Logger):
    def atoms(self, *args: Any) -> dict[str, Any]:
        found = super().atoms(*args)
        return {
            name: concealed(value) if isinstance(value, str) else value
            for name, value in found.items()
        }
