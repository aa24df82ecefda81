"""What can be wrong with what a server sent, each as one sentence with the remedy."""

from __future__ import annotations

from datetime import datetime

from engage.errors import EngageError


class FeedError(EngageError):
    """The bytes are no feed that engage reads."""


class WebPage(FeedError):
    """The bytes are a web page, which may name a feed."""


def empty(host: str) -> FeedError:
    return FeedError(f"{host} sent an empty page where a feed was expected; try again later.")


def web_page(host: str) -> WebPage:
    return WebPage(
        f"{host} sent a web page, not a feed; look on the site for a link called RSS, Atom or feed."
    )


def rss_in_json(host: str) -> FeedError:
    return FeedError(
        f"{host} sent RSS written as JSON, which feed readers do not take; "
        "look on the site for its RSS, Atom or JSON Feed."
    )


def other_json(host: str) -> FeedError:
    return FeedError(
        f"{host} sent JSON that is no JSON Feed; look on the site for its RSS, Atom or JSON Feed."
    )


def damaged(host: str) -> FeedError:
    return FeedError(
        f"{host} sent something too damaged to be read as a feed; tell its owner, or try later."
    )


def nothing_in_it(host: str) -> FeedError:
    return FeedError(
        f"{host} sent a feed without a title and without a single post; it may have been cut off, "
        "so try again later."
    )


def no_feed(host: str) -> FeedError:
    return FeedError(f"{host} sent something that is no feed; check the address.")


def left_alone(scope: str, until: datetime) -> FeedError:
    when = until.astimezone().strftime("%A %H:%M")
    return FeedError(f"{scope} asked to be left alone until {when}; it can be asked again then.")


def too_much_work(host: str) -> FeedError:
    return FeedError(
        f"{host} sent a feed that takes too much time or memory to read; look for a smaller one."
    )
