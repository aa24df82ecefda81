"""Plays the years and prints the table: ``python -m tests.simulation [--busy]``."""

from __future__ import annotations

import os
import sys
import time

from tests.simulation import rates
from tests.simulation.compare import compare
from tests.simulation.measures import table

os.environ["TZ"] = rates.ZONE
time.tzset()
print(table(compare(rates.SEEDS, busy="--busy" in sys.argv)))
