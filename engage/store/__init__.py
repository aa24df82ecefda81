"""TinyDB, and everything that makes it safe. Nothing outside knows how.

In ``data/<machine>/`` lies the *ledger*, what the writer decided and cannot be fetched again::

    ledger.json           a snapshot: plain TinyDB JSON, sealed with a CRC-32 in its last table
    ledger.<n>.jsonl      the journal upon generation n: one line and one fsync for each change
    ledger.prev.json      the generation before, with its journal: the two give the snapshot again
    backups/              compressed snapshots; ledger.damaged-*: what was set aside when mending

Beside it lie the folders of the writer's other machines, where a file synchroniser brings them:
they are read, united into this one, and never written.

A change goes down, and memory follows once the disk has answered:

    store           `StoreApi`, what the rest of engage sees (api)
    ledger          the lock for writing, following other processes, mending; one `Change`, one line
    ledger_tables   TinyDB: `JournalTable` hands an updater a view, so a change costs its own size
    ledger_file     TinyDB's storage: snapshot and journal in memory, followed, written, folded
    snapshot        the bytes of a snapshot, sealed and checked;  journal: the bytes of a line
    packed          documents as the JSON they are kept as;  reader: from these to the `World`
    undo_log        the writer's changes as documents
    recovery        mending a damaged snapshot or journal;  migrations: older schemas
    backups         by the day; safekeeping: by hand, restoring, checking
    marking         the marks that changes leave for uniting (`engage.domain.stamps` says which)
    uniting         another ledger brought in as one change;  holding: two ledgers compared
    sources         what there is to unite with;  neighbours: the others' folders, when they changed
    documents       ids by content, values that JSON can hold;  files: bytes to the disk, sentences
    places          where each file lies;  locks: flock, between processes

In the cache lie *posts* and *fetch_states*, plain TinyDB files (cache_file) that may be deleted,
and what was *worked_out* of the ledger, for the next opening.
"""
