"""Held-out cells: votes taken out at random from sessions 60 to 74, the other votes being known.

Protocol: a tenth of the votes cast on whole texts is removed, drawn by a hash of text and state;
all the rest, earlier and later, may be used. It is the easier task on which ideal-point models are
compared, and no forecast: other states' votes on the same text are known. The evidence of a cell:
how others voted on the text (all, and those that vote alike, at three widths), how the state voted
on like texts before and after, and its rates; small networks turn it into chances. A cell's own
vote is not in its own evidence, but for its part in how alike states vote and in a state's rate.

`python -m bench heldout` prints log loss and accuracy.
"""

from __future__ import annotations

import time

import numpy as np

from detente.archive import open_archive
from detente.forecast import features_arrays as fa
from detente.forecast.model import draws
from detente.forecast.nets_arrays import fit_net
from detente.forecast.record import Record, read_record
from detente.forecast.scores_arrays import cell_losses, hits
from detente.forecast.threads import one_thread
from detente.forecast.wording import read_wording, title_likeness

FIRST, LAST = 60, 74
SHARE = 0.1
WIDTHS = (8.0, 20.0, 50.0)
NETS = 3


def removed(record: Record) -> np.ndarray:
    """Return which votes are taken out, (n_texts, n_states)."""
    lots = np.stack([draws(record.vote_id, f"held {code}") for code in record.iso3.tolist()], 1)
    return (record.votes >= 0) & (lots < SHARE)


def evidence(record: Record, votes: np.ndarray) -> np.ndarray:
    """Return (n_texts, n_states, n_features) from the votes that are known."""
    one_hot = np.stack([votes == k for k in range(3)], -1).astype(np.float32)
    seen = fa.voted(one_hot)
    counts = one_hot.sum(1, keepdims=True) - one_hot
    columns = [counts[..., ::2] / np.maximum(counts.sum(2, keepdims=True), 1)]
    peers = [np.zeros((*votes.shape, 3), np.float32) for _ in WIDTHS]
    for session in np.unique(record.session):
        near = np.abs(record.session - session) <= 2
        age = np.abs(record.session[near] - session).astype(np.float64)
        agree = fa.agreement(one_hot[near], age)
        here = record.session == session
        for found, width in zip(peers, WIDTHS, strict=True):
            weights = np.exp(width * (agree - 1)).astype(np.float32)
            np.fill_diagonal(weights, 0)
            total = np.stack([one_hot[here, :, k] @ weights.T for k in range(3)], -1)
            heard = (seen[here] @ weights.T)[:, :, None]
            usual = counts[here] / np.maximum(counts[here].sum(2, keepdims=True), 1)
            found[here] = (total + 1e-3 * usual) / (heard + 1e-3)
    columns += [found[..., ::2] for found in peers]
    wording = read_wording(record.title.tolist(), record.headings.tolist())
    like = title_likeness(wording, wording)
    np.fill_diagonal(like, 0)
    gap = np.abs(record.day[:, None] - record.day[None, :]).astype(np.int64) / 365.25
    rates = fa.state_rates(one_hot, np.zeros(len(votes)), 4.0)
    for power, half_life in ((3, 8.0), (10, 2.0)):
        weights = like**power * fa.decay(gap, half_life)
        own, mass, _, _ = fa.own_shares(weights, one_hot, rates)
        text = fa.weighted_counts(weights, one_hot).sum(1, keepdims=True)
        text = text / np.maximum(text.sum(2, keepdims=True), 1e-6)
        columns += [own[..., ::2], np.log(mass + 1e-4)[..., None]]
        columns += [np.broadcast_to(text[..., ::2], (*votes.shape, 2))]
    columns += [np.broadcast_to(rates[None, :, ::2], (*votes.shape, 2))]
    return np.concatenate(columns, -1).astype(np.float32)


def run() -> None:
    """Print log loss and accuracy of the votes taken out."""
    began = time.process_time()
    whole = read_record(open_archive())
    start, stop = np.searchsorted(whole.session, [FIRST, LAST + 1])
    record = whole.between(int(start), int(stop))
    held = removed(record)
    known = np.where(held, -1, record.votes).astype(np.int8)
    with one_thread():
        values = evidence(record, known)
        shares = (values.min((0, 1)) >= 0) & (values.max((0, 1)) <= 1)
        cells = known >= 0
        chances = np.zeros((*known.shape, 3), np.float32)
        for seed in range(NETS):
            weight = np.ones(int(cells.sum()))
            net = fit_net(values[cells], known[cells], weight, shares, seed)
            chances[held] += net.chances(values[held]) / NETS
    votes = np.where(held, record.votes, -1).astype(np.int8)
    usual = np.broadcast_to(fa.USUAL, chances.shape)
    print(
        f"sessions {FIRST} to {LAST}, {len(record)} texts, {int(held.sum()):,} votes taken out of "
        f"{int((record.votes >= 0).sum()):,}; CPU {time.process_time() - began:.0f} s"
    )
    for name, given in (("base rate", usual), ("network on the evidence", chances)):
        loss, right = np.nanmean(cell_losses(given, votes)), np.nanmean(hits(given, votes))
        print(f"  {name:26} log loss {loss:.3f}  accuracy {right:.3f}")
