"""The spreadsheet's pages and columns, by key; the words on it are translated from these labels."""

from __future__ import annotations

from dataclasses import dataclass

from detente.language import LANGUAGES, Lang, translator


@dataclass(frozen=True)
class Column:
    """A column: key in the raw tables, English label, width in characters, a hint for its head."""

    key: str
    label: str
    width: int
    hint: str = ""


SOURCED = (
    Column("source", "Source", 28, "A document, a talk, a record."),
    Column("use", "Use", 16, "How far the figure may be used."),
    Column("estimate", "Estimate", 10, "yes where nobody told it."),
)
GUIDE = "Guide"
PAGES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "parties": (
        "Parties",
        (
            Column("code", "Party", 14),
            Column("name", "Name", 34),
            Column("name_fr", "Name in French", 34),
        ),
    ),
    "issues": (
        "Issues",
        (
            Column("issue", "Issue", 18, "A short code; repeat it on each row of its options."),
            Column("issue_name", "Name of the issue", 34, "Needed once an issue."),
            Column("issue_name_fr", "Name of the issue in French", 34),
            Column("topic", "Topic", 18, "A topic of the public record, if it has one."),
            Column("option", "Option", 18, "A short code."),
            Column("option_name", "Name of the option", 40),
            Column("option_name_fr", "Name of the option in French", 40),
        ),
    ),
    "wishes": (
        "Wishes",
        (
            Column("party", "Party", 12),
            Column("issue", "Issue", 18),
            Column("option", "Option", 18),
            Column("option_name", "Name of the option", 36, "For reading only."),
            Column("score", "Score", 9, "0 worst, 100 best."),
            Column("low", "Lowest", 9, "Where only a range is known."),
            Column("high", "Highest", 9),
            Column("rank", "Rank", 8, "1 is best; equal ranks are allowed."),
            Column("red", "Red line", 10, "yes: refused, whatever else is in the package."),
            Column("bound", "Bound", 20, "Acceptable minimum and practical maximum."),
            *SOURCED,
        ),
    ),
    "weights": (
        "Weights",
        (
            Column("party", "Party", 12),
            Column("issue", "Issue", 18),
            Column("issue_name", "Name of the issue", 36, "For reading only."),
            Column("weight", "Weight", 9, "The weights of a party sum to 100."),
            Column("rank", "Rank", 8, "1 matters most; equal ranks are allowed."),
            *SOURCED,
        ),
    ),
    "no_deal": (
        "No deal",
        (
            Column("party", "Party", 12),
            Column("text", "The alternative in words", 44),
            Column("value", "Value", 9, "0 to 100, on the scale of whole packages."),
            Column("low", "Lowest", 9),
            Column("high", "Highest", 9),
            *SOURCED,
        ),
    ),
    "rules": (
        "Rules",
        (
            Column("kind", "Rule", 18),
            Column("party", "Party", 12, "Only for “together worth”."),
            Column("issue1", "Issue", 18),
            Column("option1", "Option", 18),
            Column("issue2", "Other issue", 18),
            Column("option2", "Other option", 22, "Several: part them with |."),
            Column("low", "Lowest", 9, "Points of 100, only for “together worth”."),
            Column("high", "Highest", 9),
            Column("reason", "Reason", 34),
            *SOURCED,
        ),
    ),
}
GUIDANCE: tuple[tuple[str, str], ...] = (
    (
        "What this is for",
        "This workbook holds what is to be settled and what is known of each party’s wishes. "
        "Détente reads it back with: detente packages FILE.xlsx",
    ),
    ("1. Parties", "Who sits at the table: a short code and a name."),
    (
        "2. Issues",
        "One row an option. Every package settles every issue by exactly one option; if “nothing "
        "on this” is possible, make it an option. Options on a ladder stand in their order.",
    ),
    (
        "3. Wishes",
        "For each party and issue say what you know, in one of these ways: a score from 0 to 100 "
        "for each option; a lowest and highest score; a rank; or the acceptable minimum and the "
        "practical maximum on the ladder. Leave the rest empty: empty means unknown, never "
        "neutral.",
    ),
    (
        "Red lines",
        "Write yes where a party refuses an option whatever else is in the package. Below an "
        "acceptable minimum everything is a red line.",
    ),
    (
        "4. Weights",
        "How much each issue matters to a party: numbers that sum to 100, or ranks, or nothing.",
    ),
    (
        "5. No deal",
        "What a party has if there is no deal: a value from 0 to 100, a lowest and highest value, "
        "or the option that would hold on each issue.",
    ),
    (
        "6. Rules",
        "requires: the first option only with the second. forbids: never both. together worth: "
        "points of 100 that both together add for one party.",
    ),
    (
        "Source and use",
        "Say where each figure comes from and how far it may be used: convenor only, paraphrase, "
        "attribute. Empty means convenor only.",
    ),
)
EXAMPLE: tuple[tuple[str, ...], ...] = (
    ("Party", "Issue", "Option", "Score", "Rank", "Red line", "Bound", "Source"),
    ("EU", "inspections", "none", "", "", "", "", ""),
    ("EU", "inspections", "request", "", "", "", "acceptable minimum", "3/5"),
    ("EU", "inspections", "anytime", "", "", "", "practical maximum", ""),
    ("RUS", "inspections", "none", "80", "", "", "", "9/5"),
    ("RUS", "inspections", "request", "100", "", "", "", ""),
    ("RUS", "inspections", "anytime", "0", "", "yes", "", ""),
)
KINDS = ("requires", "forbids", "together worth")
BOUNDS = ("acceptable minimum", "practical maximum")
NO_DEAL_ISSUE = "Without a deal: {issue}"
YES = "yes"


def say(lang: Lang, message: str, **values: object) -> str:
    """Return a message of the spreadsheet in one language."""
    return translator(lang, "packages")(message, **values)


def known_words(message: str) -> tuple[str, ...]:
    """Return a word of the spreadsheet in every language, lower case, for reading it back."""
    return tuple(say(lang, message).strip().lower() for lang in LANGUAGES)
