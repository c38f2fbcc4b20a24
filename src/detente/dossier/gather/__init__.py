"""Findings gathered from the archive and the methods: one file a kind of finding.

`common_ground` asks the denominators, `stands` the positions, `record` the archive itself, `parts`
the packages above them.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from detente.archive import Archive
from detente.case import Case
from detente.denominators.outlook import outlook_beside
from detente.dossier.findings import (
    CaseFacts,
    Delegation,
    Findings,
    Gaps,
    Named,
    Provenance,
)
from detente.dossier.gather import parts
from detente.dossier.gather.common_ground import CommonGround
from detente.dossier.gather.record import absences, inferred, precedents, records
from detente.dossier.gather.stands import Stands
from detente.parties import states
from detente.terminal import Step

STEPS = 3 + parts.STEPS
OLD_YEARS = 10


def case_facts(archive: Archive, case: Case) -> CaseFacts:
    """Return the case as the dossier states it, its parties with their members of the day."""
    known = states(archive)

    def named(iso3: str) -> Named:
        state = known[iso3]
        return Named(iso3, state.name_en, state.name_fr)

    return CaseFacts(
        stem=case.stem,
        name_en=case.name_en,
        name_fr=case.name_fr,
        host=Named(case.host.iso3, case.host.name_en, case.host.name_fr),
        parties=tuple(
            Delegation(
                code=party.code,
                name_en=party.name_en,
                name_fr=party.name_fr,
                kind=party.kind,
                # A member outside the United Nations (West Germany in 1962) casts no vote there,
                # and the archive of that day does not know it.
                members=tuple(
                    named(iso3) for iso3 in party.members(archive, case.as_of) if iso3 in known
                ),
            )
            for party in case.parties
        ),
        as_of=case.as_of,
        since=case.since,
    )


def gather(archive: Archive, case: Case, step: Step = lambda done, total: None) -> Findings:
    """Return the findings of a case.

    Args:
        archive: opened as of the case's date.
        case: the summit in preparation.
        step: told of progress.
    """
    step(0, STEPS)
    forecast = outlook_beside(archive, case.parties, case.as_of)
    stands = Stands(archive, case)
    step(1, STEPS)
    above = parts.gather(archive, case, forecast, lambda done, _: step(1 + done, STEPS))
    ground = CommonGround(archive, case)
    step(STEPS - 1, STEPS)
    since = ground.found.since
    before, held = precedents(archive, case, date(case.as_of.year - OLD_YEARS, 1, 1))
    cited = records(archive, case, ground.keys() | stands.keys() | parts.keys(above))
    cited |= held
    old = case.as_of.year - OLD_YEARS
    known = states(archive)
    findings = Findings(
        case=case_facts(archive, case),
        states={
            code: Named(code, known[code].name_en, known[code].name_fr)
            for code in sorted(stands.codes())
        },
        tracks=stands.tracks,
        now=stands.now,
        before=stands.before,
        together=ground.together,
        unity=stands.unity,
        denominators=ground.topics,
        broken=ground.broken,
        precedents=before,
        agenda=ground.agenda,
        gaps=Gaps(
            since=since.year,
            last_day=archive.last_day,
            roll_calls=int(ground.found.texts.recorded.sum()),
            adopted=ground.found.adopted,
            untitled=sum(ground.found.untitled.values()),
            inferred=inferred(archive, since),
            absences=absences(archive, case, since),
            unknown=tuple(d.topic for d in ground.topics if d.tier == "unknown"),
            old=tuple(d.topic for d in ground.topics if d.last is not None and d.last.year < old),
        ),
        records=cited,
        provenance=Provenance(
            version=version("detente"),
            fingerprint=archive.fingerprint,
            last_day=archive.last_day,
            settings=ground.settings() + stands.settings(),
        ),
        parts=above,
    )
    step(STEPS, STEPS)
    return findings
