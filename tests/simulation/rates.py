"""The made-up world's rates and seeds, with their reasons.

They are measured by what they ask of the writer's time (`demand.py`): nine tenths of it, as from
somebody who promises what they can keep; in the busy world half as much again. They stay as they
are when the rules change: a year that goes badly is a finding, not a reason to turn a number here.
"""

from __future__ import annotations

from datetime import date, time

#: Twenty worlds: enough for means that do not hang on one village.
SEEDS = range(1, 21)

#: A year of whole ISO weeks, from a Monday, with a week 53 and both changes of the clock.
ZONE = "Europe/Lisbon"
FIRST_DAY = date(2026, 1, 5)
WEEKS = 52

#: The writer: twenty minutes on five days a week, in the evening. Which two days are free is drawn
#: anew each week, because lives are like that.
MINUTES_A_DAY = 20
WORKING_DAYS = 5
SESSION = time(19, 0)

#: What things take, in minutes, as engage's own plan of a day assumes: words for somebody, a look
#: at who a new person is. Reading takes what the post takes.
WRITE_MINUTES, LOOK_MINUTES = 6, 2
READ_MINUTES = (2, 9)

#: How often something read moves the writer to answer although nothing asked for it.
MOVED = 0.35

#: A piece on nine weeks of ten, and every third of the other days marked as written.
PIECE_A_WEEK, MARKED_DAY = 0.9, 0.33

#: Whom the writer knows on the first day: the layers that are usually found (5, 15, 50, each with
#: those within), and nearly as many readers again who are in no circle. Everybody has had an
#: exchange within the cadence: the year begins with every promise kept.
CIRCLES = {1: 5, 2: 10, 3: 15, 4: 10, 5: 10}
READERS = 40
CADENCES = {1: 14, 2: 30, 3: 90, 4: 180, 5: 365}

#: People who write publish every 5 to 60 days, each at a pace of their own (evenly on a log
#: scale); one in seven has no feed.
POST_GAP_DAYS = (5.0, 60.0)
HAS_FEED = 0.85
POSTS_BEFORE_DAYS = 30

#: Days between comments that nobody asked for, at the best of moods; closer people write oftener.
COMMENT_GAP_DAYS = {1: (40, 120), 2: (80, 240), 3: (160, 480), 4: (300, 1000), 5: (300, 1000)}
COMMENT_GAP_OF_READERS = (400, 1200)

#: A busy world, to see what gives way where no order could do everything: twice the comments, and
#: people who answer more readily.
BUSY_COMMENTS, BUSY_TALKATIVE = 2, (0.2, 0.8)

#: People answer more when they are answered. ``mood`` is between 0 and 1: each exchange of the
#: writer's takes a fifth of the way to 1, each comment left unanswered for two weeks takes 40 %.
#: Who is written to answers with talkative x (0.4 + 0.6 mood); unasked comments come with
#: (0.3 + 0.7 mood) of their rate.
MOODS = {1: 0.8, 2: 0.7, 3: 0.6, 4: 0.5, 5: 0.4}
MOOD_OF_OTHERS = 0.3
MOOD_GAIN, MOOD_LOSS = 0.2, 0.4
TALKATIVE = (0.1, 0.5)
ANSWER_DAYS = (1.0, 6.0)
IGNORED_AFTER_DAYS = 14

#: Relationships end. Everybody has a patience with the writer's silence: 1.5 to 3.5 cadences in a
#: circle, 60 to 200 days outside; beyond it they are gone with 2 % a day, and with 5 % for each
#: comment that was ignored. Who is gone writes no more, and the writer is not told.
PATIENCE_IN_CADENCES = (1.5, 3.5)
PATIENCE_OF_OTHERS = (60, 200)
GONE_A_DAY, GONE_WHEN_IGNORED = 0.02, 0.05

#: Newcomers: three in two weeks, and once in the year a piece travels and twenty come within five
#: days. Three in ten come by writing. Once the writer has looked at who they are, one in seven
#: gets a circle, and first words.
NEWCOMERS_A_DAY = 1.5 / 7
WAVE, WAVE_DAYS, WAVE_BETWEEN = 20, 5, (60, 300)
WRITES_FIRST = 0.3
CIRCLE_OF_NEWCOMERS = {3: 0.05, 4: 0.05, 5: 0.05}
