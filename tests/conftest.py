"""The writer of the tests lives in UTC, wherever they are run; some tests move elsewhere.

That this file is here also makes `tests.support` importable from every folder of tests.
"""

from __future__ import annotations

import os
import signal
import time

import pytest

os.environ["TZ"] = "UTC"
time.tzset()

# Where the tests are run behind a shell script, it has them, and all they start, ignore Ctrl+C.
signal.signal(signal.SIGINT, signal.default_int_handler)

pytest.register_assert_rewrite(
    "tests.feeds.scene",
    "tests.feeds.behaviour_asking",
    "tests.feeds.behaviour_fetching",
    "tests.feeds.behaviour_trouble",
)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The feed reader behaviour list, as far as this run has looked at it.

    Here, because a run on all cores loads no other conftest in the process that prints.
    """
    results = [
        (str(value), outcome)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        for name, value in getattr(report, "user_properties", ())
        if name == "behaviour" and report.when == "call"
    ]
    if results:
        from tests.feeds.test_behaviour import summary

        terminalreporter.section("Feed reader behaviour")
        for line in summary(dict(results)):
            terminalreporter.write_line(line)
