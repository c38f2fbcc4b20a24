"""Roll calls laid out for the ordered-response model: one dense block of votes a session.

A block of some 190 states by 90 roll calls in float32 stays in the processor's second-level cache,
so every pass over the votes is a few vector operations a session and two or three matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MISSING, YES, ABSTAIN, NO = 0, 1, 2, 3


@dataclass(frozen=True)
class Block:
    """The votes of one session.

    Attributes:
        states: (n,) rows of the state axis that voted in it.
        calls: the session's slice of the roll-call axis, of length m.
        items: (m,) the item of each roll call; bridged roll calls share one.
        below: (n, m) 1 where the vote was no or abstain, the votes that see the lower cut-point.
        above: (n, m) 1 where the vote was abstain or yes, the votes that see the upper cut-point.
        lean: (n, m) 1 for yes, -1 for no, 0 for abstain or missing.
    """

    states: Ints
    calls: slice
    items: Ints
    below: Singles
    above: Singles
    lean: Singles


@dataclass(frozen=True)
class Layout:
    """All votes that carry information, by session.

    Attributes:
        sessions: (T,) session numbers with at least one contested roll call, ascending.
        gaps: (T,) sessions from the row before to this one; the first is 1.
        kept: (R,) columns of the vote matrix that are used, by session.
        item: (R,) the item of each used roll call; there are ``n_items``.
        counts: (n_items, 3) votes no, abstain, yes on an item, over all its roll calls.
        votes: (T, S) how many votes each state cast in each session.
        first, last: (S,) rows of a state's first and last session with a vote; T and -1 for none.
        blocks: one a session.
    """

    sessions: Ints
    gaps: Floats
    kept: Ints
    item: Ints
    n_items: int
    counts: Floats
    votes: Ints
    first: Ints
    last: Ints
    blocks: tuple[Block, ...]

    @property
    def observed(self) -> Flags:
        """(T, S) whether a state cast a vote that is used in a session."""
        return self.votes > 0

    @property
    def chained(self) -> Flags:
        """(T, S) whether a session lies between a state's first and last vote, both included."""
        row = np.arange(len(self.sessions))[:, None]
        return (row >= self.first) & (row <= self.last)

    @property
    def stepped(self) -> Flags:
        """(T, S) whether a state walks into a session from the row before."""
        row = np.arange(len(self.sessions))[:, None]
        return (row > self.first) & (row <= self.last)


def link(n_calls: int, pairs: Ints) -> Ints:
    """Return (n_calls,) a group for each roll call; the calls of a chain of pairs share theirs."""
    root = list(range(n_calls))

    def head(call: int) -> int:
        while root[call] != call:
            root[call] = call = root[root[call]]
        return call

    # SciPy's connected_components does the same, and takes longer to import than this to run.
    for a, b in pairs.tolist():
        a, b = head(a), head(b)
        root[max(a, b)] = min(a, b)
    return np.array([head(call) for call in range(n_calls)], np.int64)


def lay_out(matrix: NDArray[np.int8], session: Ints, pairs: Ints) -> Layout:
    """Lay votes out for the model.

    Roll calls on which every state that voted, over the whole chain of bridged calls, voted alike
    say nothing about positions and are dropped.

    Args:
        matrix: (S, R) votes: 0 missing, 1 yes, 2 abstain, 3 no.
        session: (R,) session number of each roll call.
        pairs: (P, 2) columns of roll calls on one text.
    """
    group = link(len(session), pairs)
    counts = np.stack([(matrix == vote).sum(axis=0) for vote in (NO, ABSTAIN, YES)], axis=1)
    by_group = np.zeros((int(group.max(initial=-1)) + 1, 3))
    np.add.at(by_group, group, counts)
    contested = by_group.sum(axis=1) > by_group.max(axis=1)
    kept = np.flatnonzero(contested[group] & (counts.sum(axis=1) > 0))
    kept = kept[np.argsort(session[kept], kind="stable")]
    groups, item = np.unique(group[kept], return_inverse=True)
    sessions = np.unique(session[kept])
    edges = np.searchsorted(session[kept], sessions)
    stops = np.append(edges[1:], len(kept))
    votes = np.zeros((len(sessions), len(matrix)), np.int64)
    blocks = []
    for t, (start, stop) in enumerate(zip(edges, stops, strict=True)):
        cells = matrix[:, kept[start:stop]]
        votes[t] = (cells != MISSING).sum(axis=1)
        states = np.flatnonzero(votes[t])
        blocks.append(_block(cells[states], states, slice(int(start), int(stop)), item[start:stop]))
    seen = votes > 0
    ever = seen.any(axis=0)
    rows = len(sessions)
    return Layout(
        sessions=sessions,
        gaps=np.diff(sessions, prepend=sessions[:1] - 1).astype(np.float64),
        kept=kept,
        item=item,
        n_items=len(groups),
        counts=by_group[groups],
        votes=votes,
        first=np.where(ever, seen.argmax(axis=0), rows) if rows else np.zeros(len(matrix), int),
        last=np.where(ever, rows - 1 - seen[::-1].argmax(axis=0), -1)
        if rows
        else np.full(len(matrix), -1),
        blocks=tuple(blocks),
    )


def _block(cells: NDArray[Any], states: Ints, calls: slice, items: Ints) -> Block:
    no, abstain, yes = cells == NO, cells == ABSTAIN, cells == YES
    return Block(
        states=states,
        calls=calls,
        items=items,
        below=(no | abstain).astype(np.float32),
        above=(abstain | yes).astype(np.float32),
        lean=yes.astype(np.float32) - no.astype(np.float32),
    )
