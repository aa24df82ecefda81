"""What those further from the writer of the demo's world have published."""

from __future__ import annotations

from engage.services.demo.pieces import Piece

FURTHER: tuple[Piece, ...] = (
    Piece(
        "odile-marchand",
        3,
        "Weft and warning",
        """
A weaver's mistake is visible for ever and matters for about a hand's breadth. That is the whole
of what I wanted to say; the rest is examples.

The first is the blanket on my own bed. In the fourth stripe the green runs one thread too far.
My aunt saw it, swore, and went on. "If you go back for every thread," she said, "you will own a
very perfect corner."

The second is a letter. I wrote to a man about his father, and got the name of the town wrong. I
have been told that he laughed, and then that he wept, and that it was the wrong town that did
it: his father had always wanted to live there.

I do not say that errors are gifts. I say that they are small, and that the cloth is large.
""",
    ),
    Piece(
        "odile-marchand",
        12,
        "Letters to a weaver",
        """
Somebody asked how I answer all the letters that come to the workshop. I do not. I keep them in
the basket with the ends of wool, and when I need a colour I find a letter.

It is a good system. It makes every answer an accident, and people like accidents better than
replies.
""",
    ),
    Piece(
        "sami-brandt",
        1,
        "Rehearsal, with rain",
        """
The roof of the community hall leaks in four places, and we have learned to place the cellos
between them.

Tonight the rain came in a fifth place, over the conductor. She moved one step to the left and
took the slow movement a shade faster. It was the best we have played it.
""",
    ),
    Piece(
        "sami-brandt",
        8,
        "A fair copy",
        """
I copy music by hand for people who could print it. They tell me the hand-written part is easier
to play from, and cannot say why.

I think I can. A hand leaves more room before something difficult.
""",
    ),
    Piece(
        "sami-brandt",
        13,
        "Questions for a second violin",
        """
- Who decides how loud a middle voice is?
- When you are right and the first violin is wrong, who is in tune?
- What do you listen to in a rest?
""",
    ),
    Piece(
        "sami-brandt",
        19,
        "Tuning",
        """
My teacher would tune for ten minutes and play for five. The ten minutes were the lesson. I
understood it, as one does, in the car park of her funeral, when somebody's alarm went off on an
A and forty musicians turned round.
""",
    ),
    Piece(
        "bram-visser",
        2,
        "Three looms",
        """
There are three looms in the museum at which I sit on Saturdays, and a label beside each. The
labels give the year, the wood, the width. They are correct, and I have begun to write others.

## The narrow one

Made for ribbon. A woman who had worked on it came with her granddaughter and put out her hand
without looking, as you do for a light switch in your own house. It was still where she had left
it.

## The broad one

Two people are needed and it was worked by brothers who did not speak. The cloth is famous. See
the selvedge, where each turned the corner a little tighter than the other.

## The broken one

It came to us without its heddles. Children like it best. There is more of it that one can see
through, and they stand on both sides and wave.

Ines, if you read this: [your piece](https://ines.example/looms) is why I asked for the
Saturdays.
""",
    ),
    Piece(
        "bram-visser",
        29,
        "The night watchman's chair",
        """
Nobody may sit on the exhibits, but the watchman's chair is not an exhibit, it is only older than
most of them. I sat in it for an hour last week, after closing. One sees nothing of the
collection from there. One sees the door.
""",
    ),
    Piece(
        "lotte-thorne",
        5,
        "Notes from the ferry",
        """
The 6.40. Nine passengers, a van with bread, a dog that belongs to the line.

The man who takes the ropes has a thermos with *NOT YOURS* painted on it. It is said that he has
never been seen to drink from it. The mate says soup. The girl from the kiosk says letters.

On the crossing back the engine was stopped for a whale, or for the possibility of one. We stood
at the rail for twenty minutes. Nothing came up. Everybody on board spoke to somebody they did
not know, and at the quay nobody was in a hurry, and I have thought since that this is what I
would like to write: a thing for which the engine stops.
""",
    ),
    Piece(
        "lotte-thorne",
        26,
        "Winter timetable",
        """
From Monday the last boat leaves at five. It means that an evening on the mainland is now a
decision.

I have noticed that I keep better company in winter. In summer one meets whoever is there; from
Monday, whoever is worth a night in the back room of the harbour inn.
""",
    ),
    Piece(
        "jun-haugen",
        1,
        "Minutes of a small committee",
        """
Present: the three of us and the cat. Apologies: none were offered.

1. It was agreed that the bench should be repainted. 2. It was agreed that it should be the same
green. 3. It could not be agreed what the same green was.

- Per holds that it was the green of the bottle.
- Signe holds that it was the green of the boat, *before*.
- I hold my tongue, having painted it last time, in the dark, with what there was.

The matter was carried over to spring, when it may be easier to see.
""",
    ),
    Piece(
        "jun-haugen",
        7,
        "The key under the pot",
        """
When we bought the house the key was under the flower pot, and so was a note: *The key is under
the pot.*

It has taken me two years to see that the note was not for us. It was for somebody who would lift
the pot by habit, with the key already in hand, and want to be told that they were right.
""",
    ),
    Piece(
        "paper-mill",
        2,
        "Rag and bone",
        """
This month's sheet is made of shirts. Forty of them, linen, from the estate of a provincial
judge; the buttons went to the school.

Cotton makes a soft sheet and wood makes a cheap one, but old linen, beaten slowly, makes a paper
with a rattle: hold it by the corner and it speaks. Our vat man says that one can hear the
collar.

Two hundred sheets, deckle on four sides, cream. [Order by letter](https://mill.example/order),
please. We enjoy them.
""",
    ),
    Piece(
        "paper-mill",
        23,
        "The beater is mended",
        """
Thank you for your patience, and to the brothers Aas for the new axle. The first sheets since
September are drying in the loft. They are uneven, and we are fond of them.
""",
    ),
    Piece(
        "ada-kestrel",
        2,
        "A chair by the door",
        """
I have moved the good chair to the hall. It is a ridiculous place for it. One cannot read there,
the light is behind, and everybody who comes in must walk round it.

But everybody who goes out sits down on it, for a moment, to see to a shoe; and it is then, with
one shoe on, that people say the thing they came to say.
""",
    ),
    Piece(
        "nils-arden",
        11,
        "Eleven ways to begin",
        """
- With the weather, if it did something.
- With what somebody said, before you have had time to improve it.
- In the middle of the stairs.
- With a number that will turn out to be wrong.
- "I was not there, but."
- With the dog.
- With the second sentence. Keep the first for the end.
- By answering a letter.
- By correcting what you published last week.
- With the name of a place and nothing else.
- By beginning.
""",
    ),
    Piece(
        "greta-olsen",
        3,
        "Away",
        """
I shall not be writing much this winter. There is nothing to worry about, and nothing to be done,
and I would like to be asked neither. In spring there will be the garden, and I will tell you
about the garden.
""",
    ),
    Piece(
        "ilse-moravec",
        15,
        "Marginalia",
        """
My students are afraid to write in books, so I have begun to lend them mine. They come back with
small, neat, very polite disagreements. By the third book the handwriting is larger.
""",
    ),
    Piece(
        "ilse-moravec",
        6,
        "Eighteen minutes",
        """
Between the second bell and the third there are eighteen minutes, of which nine are stairs. I have
given my class what is left, a sheet of paper, and no subject. Nobody has asked for one. They write
as people drink who have come in from the sun.
""",
    ),
)
