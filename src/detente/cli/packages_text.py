"""What `detente packages` shows: in the terminal, as JSON and as rows of CSV."""

from __future__ import annotations

import json
from dataclasses import asdict
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from detente.language import Lang

if TYPE_CHECKING:
    from detente.packages.findings import Analysis, Package
    from detente.packages.outcomes import Contested
    from detente.packages.sentences import Speaker
    from detente.packages.sheet import Sheet

MOST_TRADES, MOST_QUESTIONS = 5, 3


def package_values(package: Package) -> dict[str, Any]:
    """Return a package as plain values."""
    return {
        "options": list(package.options),
        "gains": [round(gain, 4) for gain in package.gains],
        "chance": round(package.chance, 4),
        "interval": [round(package.low, 4), round(package.high, 4)],
        "by_party": [round(share, 4) for share in package.by_party],
    }


def rounded(value: Any) -> Any:
    """Return a value with every number in it to four decimals."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value


def values(found: Analysis) -> dict[str, Any]:
    """Return an analysis as plain values for JSON."""
    plain = {
        key: value
        for key, value in asdict(found).items()
        if key not in ("sheet", "points", "solutions", "best", "offers", "settled")
    }
    return {
        "case": found.sheet.name,
        "parties": [party.code for party in found.sheet.parties],
        "issues": [issue.code for issue in found.sheet.issues],
        "solutions": [
            {
                "rule": one.rule,
                "proved": one.proved,
                "bound": round(one.bound, 4),
                "score": round(one.score, 4),
                "ties": one.ties,
                **package_values(one.package),
            }
            for one in found.solutions
        ],
        "best": package_values(found.best) if found.best else None,
        "offers": [package_values(one) for one in found.offers],
        "settled": package_values(found.settled) if found.settled else None,
        **rounded(plain),
    }


def csv_rows(found: Analysis) -> list[list[object]]:
    """Return the solutions and offers as rows, a head first."""
    issues = [issue.code for issue in found.sheet.issues]
    parties = [party.code for party in found.sheet.parties]
    rows: list[list[object]] = [
        ["kind", *issues, *(f"gain {code}" for code in parties), "chance", "low", "high"]
    ]
    named: list[tuple[str, Package]] = [(one.rule, one.package) for one in found.solutions]
    named += [(f"offer {n}", one) for n, one in enumerate(found.offers, 1)]
    named += [("frontier", one) for one in found.points]
    for kind, one in named:
        gains = [round(gain, 4) for gain in one.gains]
        shares = [round(share, 4) for share in (one.chance, one.low, one.high)]
        rows.append([kind, *one.options, *gains, *shares])
    return rows


def gain_table(speaker: Speaker, rows: list[tuple[str, Package]], title: str) -> None:
    """Print what each party gains in some packages, and the chance that all accept."""
    parties = [party.code for party in speaker.sheet.parties]
    width = max(len(name) for name, _ in rows) + 2
    click.secho(f"\n{title}", bold=True)
    heads = "".join(f"{code:>9}" for code in parties)
    click.echo(f"  {'':{width}}{heads}   {speaker.say('all accept')}")
    for name, one in rows:
        cells = "".join(f"{speaker.points(gain, sign=True):>9}" for gain in one.gains)
        click.echo(f"  {name:{width}}{cells}   {speaker.chance(one)}")


def list_lines(title: str, lines: list[str]) -> None:
    """Print a title and lines below it; nothing where there are none."""
    if lines:
        click.secho(f"\n{title}", bold=True)
        for line in lines:
            click.echo(f"  {line}")


def show_analysis(found: Analysis, speaker: Speaker) -> None:
    """Print an analysis in the terminal."""
    say = speaker.say
    click.secho(found.sheet.name, bold=True)
    click.echo(speaker.verdict(found))
    if found.interrupted:
        click.echo(say("Interrupted: what follows stands; what had not begun is left out."))
    if found.unknown:
        click.echo(
            say(
                "Positions of which nothing is known: {n} of {all}; they count as unknown, "
                "not neutral.",
                n=len(found.unknown),
                all=len(found.sheet.stances),
            )
        )
    guessed = sum(stance.provenance.estimate for stance in found.sheet.stances)
    if guessed:
        click.echo(
            say(
                "Positions that are estimates and were told by no party: {n} of {all}.",
                n=guessed,
                all=len(found.sheet.stances),
            )
        )
    kept = sum(stance.provenance.use == "convenor only" for stance in found.sheet.stances)
    kept -= len(found.unknown)
    if kept > 0:
        click.echo(
            say("For the host’s team only; positions that may not be passed on: {n}.", n=kept)
        )
    if found.found != "yes":
        title = (
            say("The smallest set of demands that together block")
            if found.smallest
            else say("Demands that together block (a smaller set may do)")
        )
        list_lines(title, [speaker.demand(one) for one in found.blocking])
        list_lines(say("The least concession"), [speaker.opening(one) for one in found.openings])
    if found.solutions:
        gain_table(
            speaker,
            [(speaker.rule(one.rule), one.package) for one in found.solutions],
            say("Points of 100 gained over no deal, and the chance that all accept"),
        )
        for solved in found.solutions:
            if solved.proved:
                continue
            rule = speaker.rule(solved.rule)
            if not isfinite(solved.bound):
                text = say(
                    "{rule}: not proved best; how much better another can be is not known.",
                    rule=rule,
                )
            else:
                text = say(
                    "{rule}: not proved best; it scores {score}, and none can score above {bound}.",
                    rule=rule,
                    score=speaker.points(solved.score),
                    bound=speaker.points(solved.bound),
                )
            click.echo(f"  {text}")
    if found.aim is not None:
        list_lines(
            say("The package that favours nobody (Kalai-Smorodinsky)"),
            speaker.lines(found.aim),
        )
    list_lines(
        say("What is traded, beside settling each issue by itself"),
        [speaker.trade(one) for one in found.trades[:MOST_TRADES]],
    )
    list_lines(say("Asking for more"), [speaker.ask(one) for one in found.asks])
    list_lines(
        say("What each issue is worth to a deal"), [speaker.worth(one) for one in found.worths]
    )
    if found.offers:
        gain_table(
            speaker,
            [(say("Package {n}", n=n), one) for n, one in enumerate(found.offers, 1)],
            say("To offer together"),
        )
        for n, one in enumerate(found.offers, 1):
            click.echo("  " + say("Package {n}", n=n) + ". " + speaker.listed(speaker.lines(one)))
    if found.best is not None:
        scope = say("of all packages") if found.screened else say("of the efficient packages")
        list_lines(
            say("Most likely to be accepted by all, {scope}: {chance}", scope=scope,
                chance=speaker.chance(found.best)),
            speaker.lines(found.best),
        )  # fmt: skip
    told = [speaker.question(one) for one in found.questions if one.worth > 0.0005]
    list_lines(say("What to ask next"), told[:MOST_QUESTIONS])
    click.echo(
        "\n"
        + say(
            "Chances rest on {n} profiles drawn from what is known; points are on each party’s "
            "own scale from 0 to 100.",
            n=speaker.whole(found.draws),
        )
    )


def show_text(sheet: Sheet, speaker: Speaker, found: tuple[Package, ...], as_json: bool) -> None:
    """Print a half-agreed text and what would improve it for nobody's loss."""
    if as_json:
        click.echo(json.dumps([package_values(one) for one in found], ensure_ascii=False, indent=1))
        return
    text, better = found[0], found[1:]
    say = speaker.say
    rows = [(say("The text"), text)]
    rows += [(say("Improvement {n}", n=n), one) for n, one in enumerate(better, 1)]
    gain_table(
        speaker, rows, say("Points of 100 gained over no deal, and the chance that all accept")
    )
    for n, one in enumerate(better, 1):
        changes = [
            say(
                "{issue}: {option}",
                issue=issue.name(speaker.lang),
                option=speaker.option(issue.code, new),
            )
            for issue, old, new in zip(sheet.issues, text.options, one.options, strict=True)
            if old != new
        ]
        click.echo("  " + say("Improvement {n}", n=n) + ". " + speaker.listed(changes))
    if not better:
        click.echo(say("No change helps one party without hurting another."))


def outcome_values(issue: Contested) -> dict[str, Any]:
    """Return the forecasts of a contested issue as plain values."""
    import numpy as np

    from detente.packages.outcomes import (
        PROGRAM,
        challenge,
        forecast,
        nash_point,
        readings,
        shipped,
        weighted_mean,
        weighted_median,
    )

    given = issue.positions(), issue.salience(), issue.capability()
    weight = given[1] * given[2]
    finals = np.array([challenge(*given, reading)[-1].median for reading in readings()])
    own = forecast(shipped()[0], [issue])[0]
    low, high = np.quantile(finals, [0.1, 0.9])
    models = {
        "predictor": own.point,
        "weighted mean": issue.on_scale(weighted_mean(given[0], weight)),
        "weighted median": issue.on_scale(weighted_median(given[0], weight)),
        "Nash": issue.on_scale(nash_point(given[0], weight)),
        "challenge, as programmed": issue.on_scale(challenge(*given, PROGRAM)[-1].median),
    }
    return {
        "issue": issue.code,
        "parties": len(issue.stances),
        "models": {name: round(float(value), 2) for name, value in models.items()},
        "interval": [round(own.low, 2), round(own.high, 2)],
        "challenge_readings": [
            round(issue.on_scale(float(end)), 2) for end in (finals.min(), low, high, finals.max())
        ],
    }


def print_outcomes(told: list[dict[str, Any]], lang: Lang) -> None:
    """Print the forecasts of contested issues, with what each model was worth."""
    from detente.language import translator
    from detente.packages.outcomes import shipped

    say = translator(lang, "packages")
    record = shipped()[1]

    def number(value: float) -> str:
        return f"{value:g}".replace(".", "," if lang == "fr" else ".")

    error = {score.model: score for score in record.scores}
    for item in told:
        click.secho(f"{item['issue']}", bold=True)
        for name, value in item["models"].items():
            score = error[name]
            extra = ""
            if name == "predictor":
                extra = say(
                    "; four outcomes in five between {low} and {high}",
                    low=number(item["interval"][0]),
                    high=number(item["interval"][1]),
                )
            click.echo(
                f"  {say(name):34s} {number(value):>8}   "
                + say("error on the record {error}", error=number(round(score.error, 1)))
                + extra
            )
        first, _, _, last = item["challenge_readings"]
        click.echo(
            "  "
            + say(
                "The challenge model gives {low} to {high} over 32 defensible readings.",
                low=number(first),
                high=number(last),
            )
        )
    click.echo(
        say(
            "Record: mean absolute error in points of 100 on {n} issues of {source}, each forecast "
            "without its own proposal. A forecast, not advice.",
            n=record.issues,
            source=say(record.source),
        )
    )
