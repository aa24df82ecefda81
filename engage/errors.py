"""One root for everything engage refuses: a sentence for the writer, the cause behind it."""

from __future__ import annotations


class EngageError(Exception):
    """Something asked for could not be done.

    ``str()`` is one sentence that names the thing and the remedy, fit for the screen. The technical
    cause, if any, is ``__cause__`` and goes to the log only.
    """

    #: The exit status of a command that ends with this error.
    status = 1


class WrongUsage(EngageError):
    """An argument means nothing; the sentence repeats it."""

    status = 2


class StoreBusy(EngageError):
    """Another engage is writing and did not finish in time; the sentence names its process."""

    status = 3


class NotFound(EngageError):
    """No person, feed, task or post is called that."""


class Ambiguous(EngageError):
    """Several things are called that.

    ``candidates`` are lines to show, one for each.
    """

    def __init__(self, sentence: str, candidates: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.candidates = candidates
