"""The product's settings for preparing a site that no visitor waits for: its static files have the
names of production, and are not compressed, which takes a third of the preparation."""

from learning.settings import *  # noqa: F403

WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "html", "ico", "js", "json", "md", "svg", "txt"]
