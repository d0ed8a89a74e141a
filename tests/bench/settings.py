"""The settings of the site that is measured: the product’s, two yardsticks, no rate limits."""

from learning.settings import *  # noqa: F403
from learning.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.counting.QueryCountMiddleware", *MIDDLEWARE]
ACCOUNT_RATE_LIMITS = False  # one address signs in again and again
