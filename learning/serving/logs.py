"""What is written to the log, and how: for people, on stderr, without tokens of certificates."""

from typing import Any


def logging_from(level: str) -> dict[str, Any]:
    """The configuration that writes what is at least as grave as `level`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"tokens": {"()": "learning.certificates.concealing.ConcealTokens"}},
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["tokens"],
                "formatter": "line",
                "level": level,
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
