"""Who would support a meeting: fitted on past decisions to convene, and drawn many times.

`fitting` has the two models: whether a state takes part in the roll call, and how it answers if it
does. The proposal of one state is a text that this state supports: its simulated texts are those it
would have voted for, and states that side with it in such texts gain by that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from threadpoolctl import threadpool_limits

from detente.archive import Archive
from detente.convening.support.fitting import PRESENCE_FACTORS, Fitted, fit_support
from detente.convening.support.mixed_arrays import Floats
from detente.convening.support.record import ABSENT, ABSTAIN, NO, YES, Decision
from detente.convening.support.simulate_arrays import (
    BLOCKS,
    OUTCOMES,
    condition,
    latents,
    means,
    shake,
)
from detente.errors import CaseError, NotFound
from detente.parties import Party

F32 = NDArray[np.float32]

TEXTS = 2_000
"""How many of the drawn texts keep their chances, for `detente.convening.support.persuade`."""


@dataclass(frozen=True, eq=False)
class Given:
    """Chances given a drawn text, a state's own noise integrated out: J of the N outcomes.

    States are independent of each other once the text is given.

    Attributes:
        yes, no: (S, J) chance of each vote if the state takes part.
        present: (S, J) chance that it does.
        outcome: (J,) which outcomes these are.
    """

    yes: F32
    no: F32
    present: F32
    outcome: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Support:
    """What every member state would do, as probabilities and as simulated outcomes.

    An absence is no vote. Outcomes lie in equal blocks, each with parameters of its own.

    Attributes:
        host: alpha-3 of the convener, who votes yes in every outcome if it is a member.
        day: the as-of day.
        item: the topic, or None.
        states: (S,) alpha-3 codes of the members on the day, sorted.
        yes, abstain, no: (S,) probabilities of each vote; the rest is absence.
        answers: (S, N) int8, what each would vote if it took part: 1 yes, 2 abstain, 3 no.
        present: (S, N) whether it takes part.
        given: chances given the text of some of the outcomes.
        blocks: how many blocks the N outcomes make.
        overrides: the probabilities of a yes that the user set.
        decisions: the past decisions to convene that it rests on.
    """

    host: str
    day: date
    item: str | None
    states: tuple[str, ...]
    yes: Floats
    abstain: Floats
    no: Floats
    answers: NDArray[np.int8]
    present: NDArray[np.bool_]
    given: Given
    blocks: int
    overrides: Mapping[str, float]
    decisions: tuple[Decision, ...]

    @cached_property
    def did(self) -> NDArray[np.int8]:
        """Return (S, N) what each does in a large body: 1 yes, 2 abstain, 3 no, 4 absent."""
        return np.where(self.present, self.answers, np.int8(ABSENT))

    @property
    def outcomes(self) -> int:
        """Return N, how many outcomes were drawn."""
        return int(self.answers.shape[1])

    def rows(self, codes: Sequence[str]) -> NDArray[np.int64]:
        """Return the rows of states.

        Raises:
            NotFound: one is not a member of the United Nations on the day.
        """
        place = {code: i for i, code in enumerate(self.states)}
        for code in codes:
            if code not in place:
                raise NotFound(
                    f"{code} was not a member of the United Nations on {self.day}, so there is no "
                    "probability for it: leave it out, or choose another as-of date"
                )
        return np.array([place[code] for code in codes], np.int64)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Latent answers and presence of all states.

    Attributes:
        answer: (S, N) yes above 0, no below minus the gap.
        gap: (N,) what parts yes from no.
        presence: (S, N) takes part above 0.
        mean_answer, mean_presence: (S, J) the same without the states' own noise, for the outcomes
            ``outcome`` (J,).
    """

    answer: F32
    gap: F32
    presence: F32
    mean_answer: F32
    mean_presence: F32
    outcome: NDArray[np.int64]


def simulate(fitted: Fitted, host: str, outcomes: int = OUTCOMES, blocks: int = BLOCKS) -> Drawn:
    """Draw outcomes; the host's own yes is what the texts are conditioned on."""
    states, factors = fitted.states, fitted.factors
    chosen = np.arange(0, outcomes, max(outcomes // TEXTS, 1))
    with threadpool_limits(1):
        answer = shake(fitted.answer, fitted.answer_x, outcomes, blocks, "answer")
        if host in states:
            answer = condition(answer, factors, states.index(host), "convener")
        presence = shake(fitted.presence, fitted.presence_x, outcomes, blocks, "presence")
        gap = np.repeat(answer.cuts[:, -1] - answer.cuts[:, 0], outcomes // blocks)
        return Drawn(
            latents(answer, factors, states, "answer"),
            gap.astype(np.float32),
            latents(presence, factors[:, PRESENCE_FACTORS], states, "presence"),
            means(answer, factors, chosen),
            means(presence, factors[:, PRESENCE_FACTORS], chosen),
            chosen,
        )


def support(
    archive: Archive,
    host: str,
    parties: Sequence[Party],
    day: date,
    *,
    item: str | None = None,
    overrides: Mapping[str, float] | None = None,
    outcomes: int = OUTCOMES,
) -> Support:
    """Return what every member state would do with a decision to convene the host's meeting.

    Args:
        archive: as of the day.
        host: alpha-3 of the convener; one that is no member is not counted.
        parties: those who would meet; they have no other weight in a vote than their own.
        day: whose members are asked.
        item: code of a topic or subject of the meeting's item, or None.
        overrides: state -> probability of a yes (or of joining), as an ambassador reported it.
        outcomes: how many to draw, a multiple of 50.

    Raises:
        NotFound: too few decisions to convene before the day, or an override of a state that is
            not a member.
        CaseError: an override that is not a probability.
    """
    given = dict(sorted((overrides or {}).items()))
    fitted = fit_support(archive, day, item)
    return drawn(fitted, host, day, item, given, outcomes)


def with_reports(archive: Archive, found: Support, overrides: Mapping[str, float]) -> Support:
    """Return the same support with other reports of ambassadors, from the same draws.

    The difference of the odds before and after is what the reports change and no noise.
    """
    fitted = fit_support(archive, found.day, found.item)
    given = dict(sorted(overrides.items()))
    return drawn(fitted, found.host, found.day, found.item, given, found.outcomes)


def drawn(
    fitted: Fitted,
    host: str,
    day: date,
    item: str | None,
    overrides: Mapping[str, float],
    outcomes: int = OUTCOMES,
) -> Support:
    """Return the support of a fitted question: its outcomes drawn, the user's reports laid over.

    Raises:
        NotFound: an override of a state that is not a member on the day.
        CaseError: an override that is not a probability.
    """
    for code, chance in overrides.items():
        if not 0.0 <= chance <= 1.0:
            raise CaseError(
                f"the support reported for {code} is {chance}: give a probability from 0 to 1"
            )
    lots = simulate(fitted, host, outcomes)
    answers = np.full(lots.answer.shape, ABSTAIN, np.int8)
    answers[lots.answer > 0] = YES
    answers[lots.answer < -lots.gap] = NO
    present = lots.presence > 0
    given = Given(
        expit(lots.mean_answer),
        expit(-lots.gap[lots.outcome] - lots.mean_answer),
        expit(lots.mean_presence),
        lots.outcome,
    )
    found = Support(
        host=host,
        day=day,
        item=item,
        states=fitted.states,
        yes=np.zeros(len(fitted.states)),
        abstain=np.zeros(len(fitted.states)),
        no=np.zeros(len(fitted.states)),
        answers=answers,
        present=present,
        given=given,
        blocks=BLOCKS,
        overrides=overrides,
        decisions=fitted.decisions,
    )
    said = dict(overrides)
    if host in fitted.states:
        said.setdefault(host, 1.0)
    for code, chance in said.items():
        row = int(found.rows([code])[0])
        eager = np.minimum(lots.answer[row], lots.presence[row])
        bar = reported(answers[row], present[row], eager, chance)
        given.yes[row] = expit(lots.mean_answer[row] - bar) * expit(lots.mean_presence[row] - bar)
        given.no[row] = np.minimum(given.no[row], 1 - given.yes[row])
        given.present[row] = 1.0
    for name, vote in (("yes", YES), ("abstain", ABSTAIN), ("no", NO)):
        getattr(found, name)[:] = np.round((found.did == vote).mean(axis=1), 6)
    return found


def reported(
    answers: NDArray[np.int8], present: NDArray[np.bool_], eager: F32, chance: float
) -> float:
    """Give one state a reported probability of a yes, in place; return the bar that it implies.

    It says yes in the outcomes in which it was most likely to, so a higher report keeps every yes
    of a lower one, and the state still moves with the others. Where it no longer says yes it
    abstains, the least that the report implies.

    Args:
        answers, present: (N,) of the state.
        eager: (N,) how near it is to saying yes.
        chance: of a yes, from 0 to 1.

    Returns:
        How eager it has to be to say yes: infinite where it never does.
    """
    count = round(chance * len(answers))
    order = np.argsort(-eager, kind="stable")
    first, rest = order[:count], order[count:]
    fallen = rest[(answers[rest] == YES) & present[rest]]
    answers[fallen] = ABSTAIN
    answers[first] = YES
    present[first] = True
    if count == 0:
        return float("inf")
    return -float("inf") if count == len(answers) else float(eager[order[count]])
