"""The settings of the test suite: those of the product, with what makes tests fast and hermetic."""

import atexit
import os
import shutil
import sys
import tempfile

VAR_OF_TESTS = tempfile.mkdtemp(prefix="cascade-tests-")
atexit.register(shutil.rmtree, VAR_OF_TESTS, ignore_errors=True)

for name, value in {
    "SECRET_KEY": "tests-only-" + "x" * 60,
    "SIGNING_KEY": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "VAR": VAR_OF_TESTS,
    "TASKS_URL": "immediate:",
    "CACHE_URL": "locmem:",
    "DEMO": "0",
    "DEBUG": "0",
    "SITE_URL": "http://localhost:8000",
    "LANGUAGES": "en,ur,km,lo",
}.items():
    os.environ[name] = value

# Containers often forbid it, and then each of the hundred processes of a run compiles every source.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

from learning.serving.compiling import compile_catalogues  # noqa: E402
from learning.settings import *  # noqa: E402, F403
from learning.settings import BASE_DIR  # noqa: E402

# Without its compiled catalogue a language has no addresses.
compile_catalogues(BASE_DIR / "locale")

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# WhiteNoise finds files where they lie: no collectstatic before a test.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
