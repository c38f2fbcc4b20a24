"""Findings in sentences that a diplomat can use, in English and French."""

from __future__ import annotations

from collections.abc import Sequence

from detente.language import Lang, translator
from detente.packages.core.solutions import Rule
from detente.packages.findings import (
    Analysis,
    Ask,
    Demand,
    IssueWorth,
    Opening,
    Package,
    Question,
    Step,
    Trade,
)
from detente.packages.sheet import Sheet

RULE_NAMES: dict[Rule, str] = {
    "utilitarian": "Greatest sum",
    "nash": "Nash",
    "kalai-smorodinsky": "Kalai-Smorodinsky",
    "leximin": "Leximin",
}
_THE = ("European", "United", "Russian Federation", "Group", "Republic", "Least", "Alliance")
_FRENCH = {
    "EU": "l’Union européenne",
    "USA": "les États-Unis",
    "CHN": "la Chine",
    "RUS": "la Russie",
    "IND": "l’Inde",
    "BRA": "le Brésil",
    "JPN": "le Japon",
    "GBR": "le Royaume-Uni",
    "FRA": "la France",
    "DEU": "l’Allemagne",
    "KAZ": "le Kazakhstan",
    "IRN": "l’Iran",
    "TUR": "la Turquie",
    "UKR": "l’Ukraine",
}


class Speaker:
    """Says findings about one sheet in one language."""

    def __init__(self, sheet: Sheet, lang: Lang) -> None:
        self.sheet, self.lang = sheet, lang
        self._say = translator(lang, "packages")
        self._party = {party.code: party for party in sheet.parties}
        self._issue = {issue.code: issue for issue in sheet.issues}

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language."""
        return self._say(message, **values)

    def party(self, code: str) -> str:
        """Return a party as it stands in a sentence: the European Union, l’Union européenne."""
        name = self._party[code].name(self.lang)
        if self.lang == "fr":
            return _FRENCH.get(code, name)
        return f"the {name}" if name.startswith(_THE) else name

    def parties(self, codes: Sequence[str]) -> str:
        """Return several parties joined by commas and “and”."""
        names = [self.party(code) for code in codes]
        if len(names) < 2:
            return "".join(names)
        return self.say("{some} and {last}", some=", ".join(names[:-1]), last=names[-1])

    def issue(self, code: str) -> str:
        """Return an issue's name."""
        return self._issue[code].name(self.lang)

    def option(self, issue: str, code: str) -> str:
        """Return an option's name in quotation marks."""
        found = self._issue[issue]
        name = found.options[found.codes.index(code)].name(self.lang)
        return f"« {name} »" if self.lang == "fr" else f"“{name}”"

    def points(self, value: float, sign: bool = False) -> str:
        """Write points of 100 with one decimal and a true minus."""
        rounded = round(value, 1) + 0.0
        text = f"{abs(rounded):.1f}"
        if self.lang == "fr":
            text = text.replace(".", ",")
        mark = "−" if rounded < 0 else "+" if sign and rounded > 0 else ""
        return mark + text

    def share(self, value: float) -> str:
        """Write a share as a whole per cent; what is not quite sure is not written as 0 or 100."""
        whole = round(value * 100)
        if whole == 100 and value < 1 - 1e-9:
            whole = 99
        if whole == 0 and value > 0:
            whole = 1
        return f"{whole} %" if self.lang == "fr" else f"{whole}%"

    def chance(self, package: Package) -> str:
        """Write a package's chance with its interval."""
        return self.say(
            "{share} ({low} to {high})",
            share=self.share(package.chance),
            low=self.share(package.low),
            high=self.share(package.high),
        )

    def rule(self, rule: Rule) -> str:
        """Return the name of a rule."""
        return self.say(RULE_NAMES[rule])

    def first(self, text: str) -> str:
        """Return a sentence with a capital."""
        return text[:1].upper() + text[1:]

    def verdict(self, found: Analysis) -> str:
        """Say whether a package exists that all prefer to no deal."""
        if found.found == "unknown":
            return self.say(
                "Whether a package exists that every party prefers to no deal was not settled in "
                "the time given."
            )
        if found.found == "no":
            return self.say(
                "No package exists that every party prefers to no deal, if things are as they seem."
            )
        if found.frontier is None:
            return self.say(
                "Packages exist that every party prefers to no deal; the efficient ones are too "
                "many to list, so the solutions below were found one by one."
            )
        if found.frontier == 1:
            return self.say(
                "Packages exist that every party prefers to no deal; 1 of {packages} is efficient "
                "among them: none is better for one party without being worse for another.",
                packages=self.whole(found.packages),
            )
        return self.say(
            "Packages exist that every party prefers to no deal; {n} of {packages} are efficient "
            "among them: none is better for one party without being worse for another.",
            n=self.whole(found.frontier),
            packages=self.whole(found.packages),
        )

    def whole(self, n: int) -> str:
        """Write a whole number with marks between thousands."""
        return f"{n:,}".replace(",", "\u202f") if self.lang == "fr" else f"{n:,}"

    def trade(self, trade: Trade) -> str:
        """Say a trade: who accepts what, and who is not worse off."""
        others = [
            party.code
            for party in self.sheet.parties
            if party.code not in {trade.giver, trade.taker, *trade.worse}
        ]
        values = {
            "giver": self.party(trade.giver),
            "taker": self.party(trade.taker),
            "given": self.issue(trade.given),
            "taken": self.issue(trade.taken),
            "given_option": self.option(trade.given, trade.given_option),
            "taken_option": self.option(trade.taken, trade.taken_option),
        }
        lead = self.say(
            "{giver} accepts {given_option} on {given}; in return {taker} accepts "
            "{taken_option} on {taken}",
            **values,
        )
        if trade.worse:
            tail = self.say("; it costs {who}.", who=self.parties(trade.worse))
        elif others:
            tail = self.say("; no loss for {who}.", who=self.parties(others))
        else:
            tail = "."
        return self.first(lead) + tail

    def ask(self, ask: Ask) -> str:
        """Say what a party could still ask for, and who would stop it."""
        values = {
            "party": self.first(self.party(ask.party)),
            "option": self.option(ask.issue, ask.option),
            "issue": self.issue(ask.issue),
            "gain": self.points(ask.gain),
        }
        if ask.stoppers:
            return self.say(
                "{party}: {option} on “{issue}” would bring {gain} points; it would be stopped by "
                "{who}.",
                who=self.parties(ask.stoppers),
                **values,
            )
        if ask.losers:
            return self.say(
                "{party}: {option} on “{issue}” would bring {gain} points at the expense of {who}, "
                "with no veto.",
                who=self.parties(ask.losers),
                **values,
            )
        return self.say(
            "{party}: {option} on “{issue}” would bring {gain} points and cost nobody.", **values
        )

    def worth(self, worth: IssueWorth) -> str:
        """Say what an issue on the table is worth to a deal."""
        issue, stays = self.issue(worth.issue), self.option(worth.issue, worth.stays)
        if worth.deal_with and not worth.deal_without:
            return self.say(
                "“{issue}” carries the deal: left out (it stays at {stays}), no package is left.",
                issue=issue,
                stays=stays,
            )
        if worth.deal_without and not worth.deal_with:
            return self.say(
                "“{issue}” blocks: left out (it stays at {stays}), a package opens.",
                issue=issue,
                stays=stays,
            )
        change = worth.least_with - worth.least_without
        if change > 0.05:
            text = self.say(
                "“{issue}”: leaving it out (it stays at {stays}) would cost the party that gains "
                "least {points} points.",
                issue=issue,
                stays=stays,
                points=self.points(change),
            )
        elif change < -0.05:
            text = self.say(
                "“{issue}”: leaving it out (it stays at {stays}) would help the party that gains "
                "least by {points} points.",
                issue=issue,
                stays=stays,
                points=self.points(-change),
            )
        else:
            text = self.say(
                "“{issue}”: it adds nothing to a deal and may be left out.", issue=issue
            )
        if worth.arms:
            text += " " + self.say(
                "It could serve to block: {who} would gain if it were left out.",
                who=self.parties(worth.arms),
            )
        return text

    def question(self, question: Question) -> str:
        """Say what to ask next."""
        party = self.party(question.party)
        if question.kind == "no deal":
            text = self.say("Ask {party} what no deal is worth to it", party=party)
        elif question.kind == "favourite":
            text = self.say(
                "Ask {party} which option of “{issue}” it likes best",
                party=party,
                issue=self.issue(question.issue),
            )
        else:
            text = self.say(
                "Ask {party} how much “{issue}” matters to it",
                party=party,
                issue=self.issue(question.issue),
            )
        return text + self.say(
            ": the answer raises the chance of the package then chosen by {points} points of 100 "
            "on average.",
            points=self.points(100 * question.worth),
        )

    def demand(self, demand: Demand) -> str:
        """Say a demand that helps to block."""
        if not demand.issue:
            return self.say(
                "{party}: no less than without a deal", party=self.first(self.party(demand.party))
            )
        return self.say(
            "{party}: never {option} on “{issue}”",
            party=self.first(self.party(demand.party)),
            option=self.option(demand.issue, demand.option),
            issue=self.issue(demand.issue),
        )

    def opening(self, opening: Opening) -> str:
        """Say the least concession that opens a package."""
        parts = [self.demand(one) for one in opening.lifted]
        given = [
            self.say(
                "{party} gives {points} points", party=self.party(p.code), points=self.points(g)
            )
            for p, g in zip(self.sheet.parties, opening.given, strict=True)
            if g > 0
        ]
        if parts:
            lead = self.say("A package opens if this goes: {what}", what=self.listed(parts))
            return lead + (". " if not given else "; ") + "; ".join(given) + ("." if given else "")
        return self.say(
            "A package opens if each of these falls below what it has without a deal: {what}.",
            what=self.listed(given),
        )

    def step(self, step: Step) -> str:
        """Say a step of an order of agreement."""
        values = {
            "issue": self.issue(step.issue),
            "option": self.option(step.issue, step.option),
            "kept": self.share(step.kept),
            "lost": self.share(step.lost),
        }
        if step.early:
            return self.say(
                "{issue}: agree on {option}; every party keeps at least {kept} of what it could "
                "still gain.",
                **values,
            )
        return self.say(
            "{issue}: hold {option} for the end; settling it takes up to {lost} of what a party "
            "could still gain.",
            **values,
        )

    def listed(self, lines: Sequence[str]) -> str:
        """Join what stands in one line."""
        return (" ; " if self.lang == "fr" else "; ").join(lines)

    def lines(self, package: Package) -> list[str]:
        """Return a package as lines of issue and option."""
        return [
            self.say("{issue}: {option}", issue=issue, option=option)
            for issue, option in self.package(package)
        ]

    def package(self, package: Package) -> list[tuple[str, str]]:
        """Return issue and option of a package, by name."""
        return [
            (issue.name(self.lang), issue.options[issue.codes.index(code)].name(self.lang))
            for issue, code in zip(self.sheet.issues, package.options, strict=True)
        ]
