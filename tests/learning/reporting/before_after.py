"""Before and after: where the report is, and when people were tested for it."""

import datetime as dt

PAGE = "/reports/before-after/"
LIST = f"{PAGE}people/"
MORNING = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
EVENING = MORNING + dt.timedelta(hours=8)
