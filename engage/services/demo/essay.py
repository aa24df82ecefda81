"""The one long essay of the demo's world: something to page through."""

from __future__ import annotations

from engage.services.demo.pieces import Piece

ESSAY = Piece(
    "pia-novak",
    8,
    "The wall behind the school",
    """
There were two ways home. One followed the road, past the chemist and the war memorial, and was
the way that our mothers believed in. The other went over the wall.

It was not a high wall. I have been back and measured it, and it comes up to my ribs. But it had
been built by somebody who did not trust children, and its top was set with flints on edge, so
that one could not sit on it, or linger; one went over in a single movement or not at all. I have
met people since who were made like that wall. One goes over, or one is left standing in the yard
with a grazed knee and a reputation.

## The first time

I was seven and had a new coat. It was blue, with a hood, and had been bought to last; the
sleeves came down over my hands. My friend Dorte was already on the other side. I could hear her
walking up and down in the nettles, which she claimed not to feel.

"Throw it over first," she said. She meant the coat.

I have thought about that sentence more than about most of what I was taught on the near side.
*Throw it over first.* It is not that the coat was in my way, though it was. It is that once the
coat was over, it was settled. No seven-year-old with a mother like mine would go home by the
road, past the chemist, without her coat.

> What you cannot do without, throw over first. The rest of you will follow.

I wrote that on the inside of a cupboard when I was nineteen and about to leave. I believe it is
still there, under two coats of paint.

## What was there

Nothing was there. I should like to be clear about this, since people who grew up with a wall
tend to furnish the other side. There was a slope with nettles, a ditch, and then the backs of
gardens: compost, runner beans, a bath used as a trough. The way was longer than by the road. It
smelled of cabbage. Once, a man came out and gave us each a pear, and then stood and watched us
eat, to be sure that we did not waste any; that was the great event of four years.

And still I could draw it for you, every yard, and of the road I remember the chemist and the
memorial and that it was straight. The mind is a poor keeper of what it was given, and a good one
of what it took.

We had names for the parts. The slope was *Russia*. The ditch was *the Danube*, though it was dry
from April on. The bath was *the bath*. It is the only one of the three whose name has turned out
to be of use to me; when I want to say to my sister that something is exactly what it looks like,
I say that it is the bath, and she knows.

## The teacher

There was, of course, somebody whose task it was to stop us. Her name was Fräulein Adler, and she
had a whistle that she did not blow. She would stand at the corner of the bicycle shed with the
whistle in her hand and look at the sky until we were over.

I understood this very late. I was standing at the window of a school myself by then, with a
list, and four of my own were on the way to a place where they were not allowed to be, and I
found that I was looking with great attention at a cloud.

It is a skill. Anybody can watch over children. To look away from them, for as long as it takes
and no longer, knowing where they will put their feet: for that one must know every stone. She
must have gone over it herself. I am sure of it now. I can see her, some evening in August with
the yard empty, hitching her grey skirt and taking the flints in a single movement, in order to
know how long it took.

I wrote to her. That is the reason for this essay, if it needs one. I had the address from a
cousin, and I wrote two pages, and then remembered what [a friend says about
letters](https://mara.example/slow-letters), that it begins on the second, and threw the first
away. What was left began: *You always looked at the sky.*

## The answer

It came after five weeks, in a hand like a fence.

She thanked me for my letter. She remembered my coat. She remembered Dorte, and had heard about
Dorte, and was sorry. As to the sky, she wrote, I must be thinking of somebody else. She had been
extremely short-sighted, and vain, and had not worn her glasses in the yard in all of thirty-one
years. She had never seen any of us do anything.

I read this on the stairs. I laughed, I think, for longer than it was funny. Then I read the last
line, which I had taken for a greeting, because of where it stood.

> But I could hear you land.

She had counted. Every day at ten past one, with her useless eyes on the sky, she had counted us
down on the other side: Dorte, Pia, the two Brandl boys, little Hansi with the thud. When she had
them all she went in to her lunch.

---

I have been asked to say what follows from this, for an anthology, in fifty words. I cannot do it
in fifty words. I think that we are seen much less than we fear, and much less than we hope. I
think that it may not matter. Somewhere behind the wall is a person who cannot make out your
face, who has no idea of your coat, and who is listening, with her whole mind, for the moment
when your feet touch the ground.

The wall, by the way, is still there. They have taken off the flints and put a rail.

On the day that I went to measure it, a girl of about eight was sitting on top with a book, her
legs hanging down on the far side. I asked her what was over there.

"The bath," she said, and turned the page.
""",
)
