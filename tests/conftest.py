"""The writer of the tests lives in UTC, wherever they are run; some tests move elsewhere.

That this file is here also makes `tests.support` importable from every folder of tests.
"""

from __future__ import annotations

import os
import time

os.environ["TZ"] = "UTC"
time.tzset()
