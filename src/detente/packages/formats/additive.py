"""What Genius, NegMAS and NegoLog files can hold: exact additive utilities and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.errors import SheetError
from detente.packages.sheet import (
    SCALE,
    Issue,
    NoDeal,
    Option,
    Party,
    Provenance,
    Sheet,
    Stance,
    Weights,
)

DIGITS = 10  # of a value on the scale of 100; hides the binary tail of 0.29 * 100


@dataclass(frozen=True)
class Profile:
    """One party's utilities, all from 0 to 1.

    Attributes:
        party: its name.
        weights: of each issue.
        values: of each option, by issue.
        reservation: what it has without a deal.
    """

    party: str
    weights: Mapping[str, float]
    values: Mapping[str, Mapping[str, float]]
    reservation: float


def code_of(name: str, taken: Sequence[str]) -> str:
    """Return a code for a name: the name itself without the marks that rules are written with."""
    base = name.translate(str.maketrans("=|,", "___")).strip() or "_"
    code, n = base, 2
    while code in taken:
        code, n = f"{base} {n}", n + 1
    return code


def sheet_of(
    name: str,
    domain: Mapping[str, Sequence[str]],
    profiles: Sequence[Profile],
    where: str,
    source: str,
) -> Sheet:
    """Build a sheet from a domain (issue name to option names) and the profiles on it.

    Raises:
        SheetError: a profile that leaves out an issue or an option, or a value outside 0 to 1.
    """
    issues: list[Issue] = []
    for title, values in domain.items():
        codes: list[str] = []
        for value in values:
            codes.append(code_of(value, codes))
        options = tuple(
            Option(code, value, value) for code, value in zip(codes, values, strict=True)
        )
        code = code_of(title, [issue.code for issue in issues])
        issues.append(Issue(code, title, title, options))
    if not issues:
        raise SheetError(f"{where} has no issues: name a domain with at least one")
    provenance = Provenance(source)
    parties: list[Party] = []
    stances, weights, no_deals = [], [], []
    for profile in profiles:
        party = Party(
            code_of(profile.party, [party.code for party in parties]), profile.party, profile.party
        )
        parties.append(party)
        total = sum(profile.weights.get(title, 0.0) for title in domain)
        if total <= 0:
            raise SheetError(f"{where}: the weights of {profile.party} sum to 0: give them weight")
        for issue in issues:
            told = profile.values.get(issue.name_en, {})
            row = []
            for option in issue.options:
                if option.name_en not in told:
                    raise SheetError(
                        f"{where}: {profile.party} has no value for “{option.name_en}” of "
                        f"“{issue.name_en}”: add it"
                    )
                worth = told[option.name_en]
                if not -1e-9 <= worth <= 1 + 1e-9:
                    raise SheetError(
                        f"{where}: {profile.party} values “{option.name_en}” of “{issue.name_en}” "
                        f"at {worth:g}, outside 0 to 1: mend it"
                    )
                row.append(round(min(max(worth, 0.0), 1.0) * SCALE, DIGITS))
            stances.append(
                Stance(
                    party.code, issue.code, "scores", tuple(row), tuple(row), provenance=provenance
                )
            )
        weights.append(
            Weights(
                party.code,
                {
                    issue.code: profile.weights.get(issue.name_en, 0.0) / total * SCALE
                    for issue in issues
                },
                provenance=provenance,
            )
        )
        floor = round(min(max(profile.reservation, 0.0), 1.0) * SCALE, DIGITS)
        no_deals.append(NoDeal(party.code, "", floor, floor, provenance=provenance))
    return Sheet(
        name, tuple(parties), tuple(issues), tuple(stances), tuple(weights), tuple(no_deals)
    )


def profiles_of(sheet: Sheet) -> tuple[Profile, ...]:
    """Return the profiles of a sheet that holds exact additive utilities.

    Raises:
        SheetError: the sheet holds something that such a file cannot say.
    """
    for present, what in (
        (sheet.requires or sheet.forbids, "dependencies or forbidden pairs"),
        (sheet.interactions, "interactions between issues"),
        (any(stance.red for stance in sheet.stances), "red lines"),
        (
            any(stance.low != stance.high for stance in sheet.stances)
            or any(not item.numbers for item in sheet.weights)
            or any(deal.low != deal.high for deal in sheet.no_deals if not deal.outcome),
            "figures that are only partly known",
        ),
    ):
        if present:
            raise SheetError(
                f"“{sheet.name}” has {what}, which this format cannot hold: write TOML or .xlsx"
            )
    profiles = []
    for place, party in enumerate(sheet.parties):
        weights = sheet.weights[place].numbers
        values = {
            issue.name_en: {
                option.name_en: low / SCALE
                for option, low in zip(
                    issue.options, sheet.stance(party.code, issue.code).low, strict=True
                )
            }
            for issue in sheet.issues
        }
        deal = sheet.no_deals[place]
        floor = deal.low / SCALE
        if deal.outcome:
            floor = sum(
                weights[issue.code]
                / SCALE
                * values[issue.name_en][issue.options[issue.codes.index(chosen)].name_en]
                for issue in sheet.issues
                for chosen in [deal.outcome[issue.code]]
            )
        profiles.append(
            Profile(
                party.name_en,
                {issue.name_en: weights[issue.code] / SCALE for issue in sheet.issues},
                values,
                floor,
            )
        )
    return tuple(profiles)
