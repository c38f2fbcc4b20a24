"""Write cases/climate.toml from expert-coded positions before the climate summit of 2015.

``python -m bench.climate --data FOLDER`` reads ``negotiation/cop21_tidy.csv`` and writes the case:
for each party at the table a value for five points of each scale, 100 less the distance from its
position, with ten points of doubt either way, and weights in the ratio of salience. The values are
estimates; the raw positions do not ship.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from detente.errors import DetenteError
from detente.packages.formats.toml import tables_as_toml
from detente.packages.outcomes.issue import Contested
from detente.packages.outcomes.readers import read_summit
from detente.packages.reading import read_sheet
from detente.packages.sheet import Party

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
CASE = ROOT / "cases" / "climate.toml"
PARTIES = {
    "EU28": Party("EU", "European Union", "Union européenne"),
    "USA": Party("USA", "United States", "États-Unis"),
    "China": Party("CHN", "China", "Chine"),
    "Russia": Party("RUS", "Russia", "Russie"),
    "India": Party("IND", "India", "Inde"),
}
ISSUES = {
    "differentiation": ("Differentiation between groups of states", "Différenciation entre États"),
    "mrv": (
        "Measurement, reporting and verification",
        "Mesure, notification et vérification",
    ),
    "legal": ("Legal form", "Forme juridique"),
    "finance_vol": ("Finance: volume", "Financement : volume"),
    "finance_who": ("Finance: who contributes", "Financement : contributeurs"),
    "adapt_finance": ("Adaptation: finance", "Adaptation : financement"),
    "ld": ("Loss and damage", "Pertes et préjudices"),
    "progress": ("Progress from round to round", "Progression d’un cycle à l’autre"),
}
POINTS = (0, 25, 50, 75, 100)
DOUBT = 10.0
NO_DEAL = (45.0, 70.0)
SOURCE = "expert coding before COP21 (Sprinz et al. 2016), own calculation"
HEAD = """\
# The climate summit of 2015 for five of its parties: a worked example for `detente packages`.
#
# Written by `python -m bench.climate` from expert-coded positions and salience before COP21, the
# material of Sprinz, Bueno de Mesquita, Kallbekken, Stokman, Sælen and Thomson 2016 (Politics and
# Governance 4(3)). Its terms are not stated, so no position ships: each figure below is worked out,
# 100 less the distance from the position on a scale of 0 to 100, ten points of doubt either way.
# Every figure is an estimate. The scales' ends bear no names in the source; an option is a point on
# the scale, named by the parties that stand nearest to it. Nobody told what no deal is worth: 45 to
# 70 is an assumption of this example (50 is a package half a scale from a party's every position).

[case]
name = "Climate summit of 2015"
name_fr = "Sommet du climat de 2015"
host = "FRA"
parties = ["EU", "USA", "CHN", "RUS", "IND"]
as_of = 2015-11-29

"""


def _nearest(issue: Contested, point: int) -> tuple[str, str]:
    near = [
        PARTIES[stance.party]
        for stance in issue.stances
        if stance.party in PARTIES
        and min(POINTS, key=lambda p: (abs(p - stance.position), p)) == point
    ]
    if not near:
        return f"point {point}, nobody near", f"point {point}, personne à proximité"
    return (
        f"point {point}, near " + ", ".join(party.name_en for party in near),
        f"point {point}, près de : " + ", ".join(party.name_fr for party in near),
    )


def case_text(issues: list[Contested]) -> str:
    """Return the text of the case."""
    chosen = [issue for issue in issues if issue.code in ISSUES]
    raw: dict[str, object] = {
        "issues": [
            {
                "code": issue.code,
                "name": ISSUES[issue.code][0],
                "name_fr": ISSUES[issue.code][1],
                "options": [
                    {
                        "code": str(point),
                        "name": _nearest(issue, point)[0],
                        "name_fr": _nearest(issue, point)[1],
                    }
                    for point in POINTS
                ],
            }
            for issue in chosen
        ]
    }
    told = {"source": SOURCE, "use": "attribute", "estimate": True}
    stances, weights = [], []
    for code, party in PARTIES.items():
        salience = {}
        for issue in chosen:
            stance = next(stance for stance in issue.stances if stance.party == code)
            salience[issue.code] = stance.salience
            values = {str(point): 100.0 - abs(point - stance.position) for point in POINTS}
            stances.append(
                {
                    "party": party.code,
                    "issue": issue.code,
                    "interval": {
                        point: [max(0.0, value - DOUBT), min(100.0, value + DOUBT)]
                        for point, value in values.items()
                    },
                    **told,
                }
            )
        total = sum(salience.values())
        shares = {issue: round(100.0 * part / total, 1) for issue, part in salience.items()}
        last = list(shares)[-1]
        shares[last] = round(100.0 - sum(shares[issue] for issue in shares if issue != last), 1)
        weights.append({"party": party.code, "weights": shares, **told})
    no_deal = [
        {
            "party": party.code,
            "value": list(NO_DEAL),
            "source": "assumption of this example",
            "use": "attribute",
            "estimate": True,
        }
        for party in PARTIES.values()
    ]
    raw |= {"stances": stances, "weights": weights, "no_deal": no_deal}
    sheet = read_sheet(raw, list(PARTIES.values()), "climate", lambda where: str(where))
    return HEAD + tables_as_toml(sheet)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    try:
        text = case_text(read_summit(given.data / "negotiation" / "cop21_tidy.csv"))
    except DetenteError as error:
        sys.exit(str(error))
    CASE.write_text(text, encoding="utf-8")
    print(f"wrote {CASE.relative_to(ROOT)}")
