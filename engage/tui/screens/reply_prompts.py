"""What is asked about replies in one line: where they can be read, and which pages answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from engage.tui.screens.prompts import Field, Prompt, Values


def posted_prompt(submit: Callable[[str], Awaitable[None]]) -> Prompt:
    """Where a reply that is out can be read."""

    async def take(values: Values) -> None:
        await submit(values["url"].strip())

    return Prompt("It is at", [Field("url", "its address, if you have it: http…")], take)


def mention_prompt(submit: Callable[[str, str | None], Awaitable[None]]) -> Prompt:
    """A page of the writer's, and what it answers, if the page does not say so."""

    async def take(values: Values) -> None:
        await submit(values["source"].strip(), values["target"].strip() or None)

    fields = [
        Field("source", "your page: http…"),
        Field("target", "what it answers, if it answers several"),
    ]
    return Prompt("Webmention", fields, take, keep=True)
