"""One call in a process of its own: `python -m tests.drills.process sowing.sow`.

It has the product's settings, takes the arguments as JSON on standard input and prints what the
function returns as the last line.
"""

import importlib
import json
import os
import sys

import django


def main(address: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "learning.settings"
    django.setup()
    module, _, name = address.partition(".")
    function = getattr(importlib.import_module(f"tests.drills.{module}"), name)
    print(json.dumps(function(**json.load(sys.stdin))))  # noqa: T201 (this is how it answers)


if __name__ == "__main__":
    main(sys.argv[1])
