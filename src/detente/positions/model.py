"""Ideal points of states: the archive's roll calls in, positions with intervals out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from detente.archive import Archive
from detente.archive.queries import VoteMatrix, vote_matrix
from detente.cache import load_arrays, save_arrays
from detente.errors import NotFound
from detente.positions import cache
from detente.positions.fit_arrays import STEP_VARIANCE, TOLERANCE, Fit, fit
from detente.positions.layout_arrays import Floats, Ints, Layout, lay_out
from detente.positions.posterior_arrays import Posterior, posterior
from detente.terminal import Step

# Votes on paragraphs and amendments are left out after 1989, as Bailey, Strezhnev & Voeten do:
# from then on they are recorded for some sessions only.
USED = "kind in ('resolution', 'other') or date < DATE '1990-01-01'"
ANCHOR = "USA"
Z90 = 1.6448536269514722
FEWEST_CONTESTED = 20


@dataclass(frozen=True, eq=False)
class Positions:
    """Ideal points of states, one a session in which a state voted.

    The N rows are sorted by state, then session. The scale has mean 0 and standard deviation 1
    over these rows; the United States is on the positive side.

    Attributes:
        iso3: (N,) state.
        session: (N,) number of the regular session.
        position: (N,) posterior mean.
        sd: (N,) posterior standard deviation, items and neighbouring sessions integrated out.
        votes: (N,) votes that inform the row directly.
        states: (S,) the state axis of the joint posterior, sorted.
        sessions: (T,) its session axis.
        theta: (T, S) posterior means, also inside gaps; meaningless outside a state's chain.
        chained: (T, S) whether a session lies between a state's first and last vote.
        joint: the posterior of all positions together.
        vote_id: (R,) the roll calls used.
        discrimination, lower, upper: (R,) their parameters: P(yes) = s(discrimination * position -
            upper), P(no) = s(lower - discrimination * position), s the logistic function.
        n_votes, n_bridges: votes and bridges used.
        sweeps, residual: sweeps of the fit, and the largest change of a position in the last.
    """

    iso3: NDArray[Any]
    session: Ints
    position: Floats
    sd: Floats
    votes: Ints
    states: NDArray[Any]
    sessions: Ints
    theta: Floats
    chained: NDArray[np.bool_]
    joint: Posterior
    vote_id: NDArray[Any]
    discrimination: Floats
    lower: Floats
    upper: Floats
    n_votes: int
    n_bridges: int
    sweeps: int
    residual: float

    @property
    def year(self) -> Ints:
        """(N,) the year in which the session opened (session 73: 2018)."""
        return self.session + 1945

    @property
    def low(self) -> Floats:
        """(N,) lower end of the 90 % interval."""
        return self.position - Z90 * self.sd

    @property
    def high(self) -> Floats:
        """(N,) upper end of the 90 % interval."""
        return self.position + Z90 * self.sd

    @cached_property
    def row(self) -> dict[tuple[str, int], int]:
        """(state, session) -> row; a pair that is not there has no position."""
        pairs = zip(self.iso3.tolist(), self.session.tolist(), strict=True)
        return {pair: i for i, pair in enumerate(pairs)}

    @cached_property
    def cell(self) -> dict[tuple[str, int], tuple[int, int]]:
        """(state, session) -> place in ``theta``, for pairs that have a position."""
        column = {code: s for s, code in enumerate(self.states.tolist())}
        line = {number: t for t, number in enumerate(self.sessions.tolist())}
        return {(code, number): (line[number], column[code]) for code, number in self.row}

    def of(self, iso3: str) -> Ints:
        """Return the rows of one state in order of session; empty where it has no position."""
        return np.flatnonzero(self.iso3 == iso3)


def fit_positions(
    archive: Archive,
    vote_ids: Collection[str] | None = None,
    *,
    told: Step | None = None,
    use_cache: bool = True,
    step_variance: float = STEP_VARIANCE,
    tolerance: float = TOLERANCE,
) -> Positions:
    """Estimate an ideal point for every state and session of the archive.

    The dynamic ordered-response model of Bailey, Strezhnev & Voeten 2017 with a logistic response,
    fitted by variational EM; docs/methods/positions.md. Absences are missing, not votes.

    Args:
        archive: as of a day, and so are the positions.
        vote_ids: only these roll calls (those of a topic, say); None takes all.
        told: told of progress.
        use_cache: keep the fit in the user's cache folder and take it from there.
        step_variance: variance of the random walk a session, in units of the pinned sd.
        tolerance: the fit ends when a sweep moves no position by more than this.

    Raises:
        NotFound: fewer than 20 contested roll calls, too few for a position.
    """
    key = cache.key(archive.fingerprint, vote_ids, step_variance, tolerance)
    if use_cache and (found := load_arrays(cache.KIND, key)) is not None:
        return from_arrays(found)
    votes = vote_matrix(archive, USED)
    if vote_ids is not None:
        votes = _only(votes, vote_ids)
    pairs = bridged(archive, votes.vote_id)
    with threadpool_limits(1):
        layout = lay_out(votes.matrix, votes.session_number, pairs)
        if len(layout.kept) < FEWEST_CONTESTED:
            raise NotFound(
                f"only {len(layout.kept)} contested roll calls, too few for positions: "
                "choose a wider topic or a later as-of date"
            )
        orient = (votes.iso3 == ANCHOR).astype(np.float64)
        state = fit(layout, orient, step_variance=step_variance, tolerance=tolerance, told=told)
        joint = posterior(layout, state, step_variance)
    result = _named(votes, layout, state, joint, len(pairs))
    if use_cache:
        save_arrays(cache.KIND, key, to_arrays(result))
    return result


def _only(votes: VoteMatrix, vote_ids: Collection[str]) -> VoteMatrix:
    keep = np.isin(votes.vote_id, np.array(sorted(vote_ids), dtype=str))
    return VoteMatrix(
        iso3=votes.iso3,
        vote_id=votes.vote_id[keep],
        date=votes.date[keep],
        session_number=votes.session_number[keep],
        matrix=votes.matrix[:, keep],
    )


def bridged(archive: Archive, vote_id: NDArray[Any]) -> Ints:
    """Return (P, 2) columns of the bridged roll calls that are both used."""
    column = {name: i for i, name in enumerate(vote_id.tolist())}
    rows = archive.sql("select vote_id1, vote_id2 from bridges order by vote_id1, vote_id2")
    used = [(column[a], column[b]) for a, b in rows if a in column and b in column]
    return np.array(used, np.int64).reshape(-1, 2)


def _named(
    votes: VoteMatrix, layout: Layout, state: Fit, joint: Posterior, n_bridges: int
) -> Positions:
    column, line = np.nonzero(layout.observed.T)
    item = layout.item
    return Positions(
        iso3=votes.iso3[column],
        session=layout.sessions[line],
        position=state.theta[line, column],
        sd=np.sqrt(joint.variance[line, column]),
        votes=layout.votes[line, column],
        states=votes.iso3,
        sessions=layout.sessions,
        theta=state.theta,
        chained=layout.chained,
        joint=joint,
        vote_id=votes.vote_id[layout.kept],
        discrimination=state.items.beta[item],
        lower=state.items.k1[item],
        upper=state.items.k2[item],
        n_votes=int(layout.votes.sum()),
        n_bridges=n_bridges,
        sweeps=state.sweeps,
        residual=state.residual,
    )


_JOINT = ("pivots", "links", "gauge", "gauge_inverse", "variance")
_PLAIN = tuple(name for name in Positions.__dataclass_fields__ if name != "joint")


def to_arrays(positions: Positions) -> dict[str, NDArray[Any]]:
    """Return a fit as named arrays."""
    arrays = {name: np.asarray(getattr(positions, name)) for name in _PLAIN}
    arrays |= {f"joint.{name}": getattr(positions.joint, name) for name in _JOINT}
    return arrays


def from_arrays(arrays: dict[str, NDArray[Any]]) -> Positions:
    """Return the fit that `to_arrays` took apart."""
    joint = Posterior(**{name: arrays[f"joint.{name}"] for name in _JOINT})
    plain: dict[str, Any] = {
        name: arrays[name].item() if arrays[name].ndim == 0 else arrays[name] for name in _PLAIN
    }
    return Positions(joint=joint, **plain)
