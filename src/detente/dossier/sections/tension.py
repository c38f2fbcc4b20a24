"""How tense it is between the parties: the index, its turns, its like, and where sources differ."""

from __future__ import annotations

from detente import typography
from detente.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Note,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from detente.dossier.build import Build
from detente.dossier.findings import Findings
from detente.dossier.sections.tension_charts import (
    FIRST,
    half_years,
    pairs_chart,
    sources_chart,
    sources_rows,
)
from detente.language import Lang
from detente.tension import PairTension, Tension
from detente.tension.sources import NAMES
from detente.tension.telling import (
    crisis_words,
    disagreement_lines,
    nearest_words,
    now_words,
    pair_name,
    silent_words,
    since_words,
    spread_words,
    told_events,
    trend_words,
    turn_words,
)
from detente.tension.wording import BIASES, TITLES, chance, say
from detente.typography import JOIN, spaced


class _Writer:
    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def text(self, text: str) -> str:
        return spaced(self.lang, text)

    def say(self, message: str, **values: object) -> str:
        return self.text(say(self.lang, message, **values))

    def runs(self, text: str) -> Runs:
        """Return ready words as runs; ``**x**`` is strong."""
        parts = self.text(text).split("**")
        return tuple(Text(part, n % 2 == 1) for n, part in enumerate(parts) if part)


def _figure(found: Tension, w: _Writer, known: list[PairTension]) -> Figure:
    lang = w.lang
    first = min(pair.since.year for pair in known if pair.since is not None)
    stands = ", ".join(
        w.say(
            "{pair} {value}",
            pair=pair_name(found, pair, lang),
            value=typography.percent(lang, pair.percentile / 100),
        )
        for pair in sorted(known, key=lambda one: -one.percentile)
    )
    rows = []
    for pair in known:
        assert pair.mean is not None
        assert pair.below is not None
        assert pair.above is not None
        for t in half_years(pair, FIRST):
            if t % 12 == 0 or t == len(pair.mean) - 1:
                cells = (pair.mean[t], pair.below[t], pair.above[t])
                rows.append(
                    (
                        w.runs(pair_name(found, pair, lang)),
                        w.runs(f"{FIRST + t // 12}-{t % 12 + 1:02d}"),
                        *(w.runs(_decimal(x, lang)) for x in cells),
                    )
                )
    return Figure(
        anchor="figure-tension",
        caption=w.say(
            "Tension of each pair, {first} to {last}", first=first, last=found.as_of.year
        ),
        alt=w.say(
            "Small pictures, one a pair: the index with its 90% interval and its turning points. "
            "Now, from the highest percentile to the lowest: {stands}.",
            stands=stands,
        ),
        chart=pairs_chart(found, lang, first),
        columns=(
            Column(w.say("Pair"), 2),
            Column(w.say("Month"), 1, "right"),
            Column(w.say("Value"), 1, "right"),
            Column(w.say("from"), 1, "right"),
            Column(w.say("to"), 1, "right"),
        ),
        rows=tuple(rows),
        note=w.runs(
            say(
                lang,
                "Band: 90% interval. Points: turning points; the dashed line is October 1962. A "
                "level that moves less than its interval has not moved.",
            )
        ),
    )


def _decimal(value: float, lang: Lang) -> str:
    return typography.decimal(lang, value, 2)


def _apart(known: list[PairTension]) -> PairTension | None:
    """Return the pair with most sources that disagree now; of equals that with the most opposed."""
    split = [pair for pair in known if pair.disagreements]
    if not split:
        return None
    return min(
        split,
        key=lambda one: (
            -sum(d.kind == "now" for d in one.disagreements),
            min((d.correlation for d in one.disagreements if d.correlation is not None), default=1),
        ),
    )


def _sources_figure(found: Tension, w: _Writer, pair: PairTension) -> Figure:
    lang = w.lang
    rows = sources_rows(pair)
    title = {name: w.text(say(lang, TITLES[name])) for name, _, _ in rows if name}
    title[""] = w.say("Index")
    axis = w.say("Standard deviations of each series")
    name = pair_name(found, pair, lang)
    return Figure(
        anchor="figure-tension-sources",
        caption=w.say("The index of {pair} beside its sources, by year", pair=name),
        alt=w.say(
            "Lines by year for {pair}, {first} to {last}: the index, and each source in its own "
            "standard deviations. {apart}",
            pair=name,
            first=min(year for _, year, _ in rows),
            last=max(year for _, year, _ in rows),
            apart=disagreement_lines(pair, lang)[0],
        ),
        chart=sources_chart(rows, title, axis),
        columns=(
            Column(w.say("Source"), 3),
            Column(w.say("Year"), 1, "right"),
            Column(w.say("Value"), 1, "right"),
        ),
        rows=tuple(
            (w.runs(title[name]), w.runs(str(year)), w.runs(_decimal(value, lang)))
            for name, year, value in rows
        ),
        note=w.runs(
            say(
                lang,
                "The pair whose sources disagree most. Each line is a series about its own mean, "
                "higher for more tension.",
            )
        ),
    )


def _table(found: Tension, w: _Writer, known: list[PairTension]) -> Table:
    lang = w.lang
    rows = []
    for pair in known:
        low, high = (
            typography.percent(lang, pair.low / 100),
            typography.percent(lang, pair.high / 100),
        )
        crisis = "–" if pair.crisis is None else chance(lang, pair.crisis.higher_now)
        rows.append(
            (
                w.runs(pair_name(found, pair, lang)),
                w.runs(typography.percent(lang, pair.percentile / 100)),
                w.runs(f"{low}{JOIN}–{JOIN}{high}"),
                w.runs(trend_words(pair.trend_year, lang)),
                w.runs(trend_words(pair.trend_five, lang)),
                w.runs(crisis),
            )
        )
    return Table(
        anchor="table-tension",
        caption=w.say("Tension now, beside each pair’s own history"),
        columns=(
            Column(w.say("Pair"), 2.0),
            Column(w.say("Now higher than"), 1.0, "right"),
            Column(w.say("90% interval"), 1.1, "right"),
            Column(w.say("Over a year"), 1.6, "right"),
            Column(w.say("Over five years"), 1.6, "right"),
            Column(w.say("Higher than in October 1962"), 1.3, "right"),
        ),
        rows=tuple(rows),
        note=w.runs(
            say(
                lang,
                "“Now higher than”: share of the pair’s own months since 1946 with less tension; a "
                "change is in units of the index, and clear where its interval leaves out 0.",
            )
        ),
    )


def _named(found: Tension, w: _Writer, pair: PairTension, words: str) -> Runs:
    name = pair_name(found, pair, w.lang)
    return w.runs(say(w.lang, "{pair}. {words}", pair=f"**{name}**", words=words))


def _beside(pair: PairTension, lang: Lang) -> str:
    words = since_words(pair, lang), nearest_words(pair, lang), crisis_words(pair, lang)
    return " ".join(filter(None, words))


def _sources_table(w: _Writer, known: list[PairTension]) -> Table:
    spans: dict[str, tuple[int, int]] = {}
    for pair in known:
        for source in pair.sources:
            first, last = spans.get(source.name, (source.first, source.last))
            spans[source.name] = (min(first, source.first), max(last, source.last))
    return Table(
        anchor="table-tension-sources",
        caption=w.say("Sources, their span here and their known bias"),
        columns=(
            Column(w.say("Source"), 2.0),
            Column(w.say("Years"), 1.0, "right"),
            Column(w.say("Known bias"), 3.6),
        ),
        rows=tuple(
            (
                w.runs(say(w.lang, TITLES[name])),
                w.runs(f"{spans[name][0]}{JOIN}–{JOIN}{spans[name][1]}"),
                w.runs(say(w.lang, BIASES[name])),
            )
            for name in NAMES
            if name in spans
        ),
    )


def lead(found: Tension, lang: Lang) -> Runs:
    """Return the answer in a sentence: how tense it is now, of the table or of its only pair."""
    w = _Writer(lang)
    if found.whole is None:
        known = [pair for pair in found.pairs if pair.known]
        return w.runs(" ".join(f"{pair_name(found, p, lang)}: {now_words(p, lang)}" for p in known))
    whole = found.whole
    assert whole.since is not None
    told = say(
        lang,
        "Taken together, tension between the parties is now higher than in "
        "**{share}** of the months since {since} (90% interval {low} to {high}).",
        share=typography.percent(lang, whole.percentile / 100),
        since=typography.month(lang, whole.since),
        low=typography.percent(lang, whole.low / 100),
        high=typography.percent(lang, whole.high / 100),
    )
    return w.runs(" ".join(filter(None, (told, since_words(whole, lang)))))


def _blocks(found: Tension, w: _Writer) -> list[Block]:
    lang = w.lang
    known = [pair for pair in found.pairs if pair.known]
    shown = known if found.whole is None else [*known, found.whole]
    blocks: list[Block] = [Paragraph(lead(found, lang), lead=True)] if known else []
    used = {source.name for pair in known for source in pair.sources}
    listed = "; ".join(
        say(lang, TITLES[name])[0].lower() + say(lang, TITLES[name])[1:]
        for name in ("votes", "council", "crises", "peace", "risk")
        if name in used
    )
    blocks += [
        Paragraph(
            w.runs(
                say(
                    lang,
                    "The index is one level a pair behind series that measure different things: "
                    "{series}. A percentile compares a pair with its own past only.",
                    series=listed,
                )
            )
        ),
        _table(found, w, shown),
        _figure(found, w, shown),
        Heading(w.say("Beside earlier moments")),
        Bullets(tuple(_named(found, w, pair, _beside(pair, lang)) for pair in shown)),
    ]
    turns = [
        _named(found, w, pair, turn_words(turn, lang)) for pair in known for turn in pair.turns
    ]
    if turns:
        blocks += [Heading(w.say("Turning points")), Bullets(tuple(turns))]
    events = [event for pair in known for turn in pair.turns for event in told_events(turn)]
    if any(event.confidence == "MEMORY" for event in events):
        text = "Events marked “from memory” were not checked against a source."
        blocks.append(Note(w.runs(say(lang, text)), kind="memory"))
    split = [
        _named(found, w, pair, line) for pair in known for line in disagreement_lines(pair, lang)
    ]
    if split:
        blocks += [
            Heading(w.say("Where the sources disagree")),
            Paragraph(
                w.runs(
                    say(
                        lang,
                        "A disagreement is shown and not averaged away: the index stands between "
                        "the sources, and its interval does not tell the gap.",
                    )
                )
            ),
            Bullets(tuple(split)),
        ]
        pair = _apart(known)
        assert pair is not None
        blocks.append(_sources_figure(found, w, pair))
    spread = [
        _named(found, w, pair, spread_words(found, pair, lang))
        for pair in known
        if pair.lowest_pair is not None
    ]
    if spread:
        blocks.append(Bullets(tuple(spread)))
    silent = [
        _named(found, w, pair, text) for pair in known if (text := silent_words(found, pair, lang))
    ]
    if silent:
        blocks.append(Bullets(tuple(silent)))
    blocks.append(_sources_table(w, known))
    unknown = [pair_name(found, pair, lang) for pair in found.pairs if not pair.known]
    if unknown:
        text = (
            "No series speaks of: {pairs}. Their tension is unknown, and they are left out of the "
            "whole."
        )
        blocks.append(Note(w.runs(say(lang, text, pairs="; ".join(unknown)))))
    return blocks


def section(found: Tension) -> Build:
    """Return the section's builder for a tension already worked out."""

    def build(findings: Findings, lang: Lang) -> Section | None:
        w = _Writer(lang)
        return Section("tension", w.say("How tense it is"), tuple(_blocks(found, w)))

    return build
