"""What is not known: gaps, absences, selection, and the limits of each method."""

from __future__ import annotations

from detente.dossier.blocks import Block, Bullets, Heading, Paragraph, Runs, Section
from detente.dossier.findings import Findings
from detente.dossier.words import words
from detente.language import Lang

MOST_NAMED = 12


def build(findings: Findings, lang: Lang) -> Section:
    """Return the section; every dossier has one."""
    w = words(lang)
    gaps = findings.gaps

    def named(topics: tuple[str, ...]) -> str:
        shown = list(topics[:MOST_NAMED])
        rest = len(topics) - len(shown)
        if rest:
            shown.append(w.count(rest, "{n} more", "{n} more"))
        return w.listed(shown)

    record: list[Runs] = [
        w.runs(
            "Votes are public acts, chosen with an audience in mind. What a capital would accept "
            "behind closed doors is not in the record, nor is its consent to meet."
        ),
        w.runs(
            "Only matters that somebody brings to the Assembly are voted on, and sponsors drop "
            "texts that would fail. The record therefore looks more agreeable, on some topics, "
            "than the parties are."
        ),
        w.runs(
            "Since {since} the Assembly adopted {roll_calls} resolutions by roll call and "
            "{adopted} without a vote whose title is on record. A text adopted without a vote "
            "shows that nobody asked for one, which is weaker than consent.",
            since=str(gaps.since),
            roll_calls=w.whole(gaps.roll_calls),
            adopted=w.whole(gaps.adopted),
        ),
        w.runs(
            "The record used ends on {day}; nothing later was looked at.", day=w.day(gaps.last_day)
        ),
    ]
    if gaps.untitled:
        record.append(
            w.runs(
                "{untitled} more were adopted without a vote, but their titles are not on record, "
                "so no topic can claim them: the common ground is wider than the tables show. For "
                "{inferred} texts the manner of adoption is inferred and not an official field.",
                untitled=w.whole(gaps.untitled),
                inferred=w.whole(gaps.inferred),
            )
        )
    absent = [(code, all_, missed) for code, all_, missed in gaps.absences if missed]
    if absent:
        record.append(
            w.runs(
                "An absence is not a vote. Since {since} these took no part: {who}.",
                since=str(gaps.since),
                who="; ".join(
                    w.say(
                        "{who} in {missed} of {all} roll calls",
                        who=findings.case.party(code).short(lang),
                        missed=w.whole(missed),
                        all=w.whole(all_),
                    )
                    for code, all_, missed in absent
                ),
            )
        )
    blocks: list[Block] = [
        Paragraph(
            w.runs(
                "A host who relies on this dossier should know where it is silent. Missing is "
                "unknown, never neutral."
            ),
            lead=True,
        ),
        Heading(w.say("In the record")),
        Bullets(tuple(record)),
    ]
    thin: list[Runs] = []
    if gaps.unknown:
        thin.append(
            w.runs(
                "Too little evidence: {topics}.",
                topics=named(tuple(t.name(lang) for t in gaps.unknown)),
            )
        )
    if gaps.old:
        thin.append(
            w.runs(
                "Nothing new in ten years: {topics}. Old agreement decays.",
                topics=named(tuple(t.name(lang) for t in gaps.old)),
            )
        )
    if thin:
        blocks += [Heading(w.say("On topics")), Bullets(tuple(thin))]
    blocks += [
        Heading(w.say("In the methods")),
        Bullets(
            (
                w.runs(
                    "A position on one scale cannot show a state that sides with one camp on one "
                    "matter and with the other on the next; the denominators, topic by topic, can."
                ),
                w.runs(
                    "A text's topic is read from its title and headings by rule. A wrong topic "
                    "moves a text to another row of the tables; the annex lets a reader check."
                ),
                w.runs(
                    "A chance describes texts like those of the past. A new government, a war or a "
                    "new wording can void it overnight."
                ),
                w.runs(
                    "Intervals cover chance in the votes. They do not cover an error in the record "
                    "or in a title."
                ),
            )
        ),
    ]
    return Section("unknown", w.say("What is not known"), tuple(blocks))
