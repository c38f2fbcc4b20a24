"""The messages of a comparison: English is the key, ``locale/fr/convening.po`` has the French."""

from __future__ import annotations

from collections.abc import Mapping

from detente.convening.findings import Seat, Status
from detente.convening.recommending import Role
from detente.convening.routes import Fact, Level
from detente.convening.routes import Role as StepRole

ROLES: Mapping[Role, str] = {
    "table": "Where the parties alone can meet",
    "first": "Begin with",
    "frame": "Beside it, a larger frame",
    "emergency": "Open on the facts given",
    "letter": "Who might sign the invitation",
    "margins": "Where all are already",
    "hardest": "Win first",
    "avoid": "Not this way",
}
STEP_ROLES: Mapping[StepRole, str] = {
    "start": "who can start",
    "condition": "facts",
    "decision": "decision",
    "attendance": "consent",
    "mandate": "mandate",
    "deadline": "deadline",
    "option": "can be added",
    "in session": "at the meeting",
    "standing": "who speaks",
}
LEVELS: Mapping[Level, str] = {
    "leaders": "leaders",
    "ministers": "ministers",
    "ambassadors": "ambassadors",
    "experts": "experts",
}
STATUSES: Mapping[Status, str] = {"open": "open", "closed": "closed"}
HELD: Mapping[str, str] = {
    "held": "held",
    "collapsed": "collapsed",
    "not held": "not held",
    "rejected": "rejected",
}
FAMILIES: Mapping[str, str] = {
    "special session": "special session",
    "emergency session": "emergency special session",
    "regular session": "regular session",
    "high-level meeting": "high-level meeting",
    "Security Council": "Security Council",
    "veto debate": "debate after a veto",
    "regional body": "regional body",
    "margins": "margins of another meeting",
    "permanent members": "permanent members",
    "host’s forum": "forum of the host",
}
FACTS: Mapping[Fact, str] = {
    "threat": "a threat to the peace, a breach of it or an act of aggression",
    "deadlock": "a Council blocked by a veto",
}
SEATS: Mapping[Seat, str] = {
    "member": "member",
    "observer": "observer: may speak, cannot vote or object",
    "through members": "no seat of its own: {inside} of its {of} members sit there",
    "invited": "at the table in its own right",
    "none": "no seat",
}
EVENTS: Mapping[str, str] = {
    "request": "request",
    "memorandum": "explanatory memorandum",
    "communication": "letter of the Secretary-General",
    "concurrence": "concurrence of a majority",
    "notice": "notice to Members",
    "agenda": "provisional agenda",
    "supplementary items": "supplementary items",
    "credentials": "credentials",
    "decision": "decision",
    "modalities": "modalities",
    "invitation": "invitation",
    "inclusion": "item placed on the agenda",
    "debate": "debate",
    "veto": "veto",
    "report": "report of the Council",
    "circulation": "circulation of the draft",
}
OFFICES: Mapping[str, str] = {
    "UN": "any Member of the United Nations",
    "SC": "the Security Council, on the proposal of a member",
    "EU": "any member State of the European Union",
    "P5": "any permanent member",
    "OSCE": "any participating State of the OSCE",
    "CICA": "any member of CICA",
    "SCO": "any member of the SCO",
    "ASEM": "any partner of ASEM",
    "G20": "any member of the G20",
    "parties": "any of the parties",
    "host": "the host",
    "Secretary-General": "the Secretary-General",
    "presidency": "the presidency",
}
OBSTACLES: Mapping[str, str] = {
    "body not founded": "{body} does not exist on the as-of date: choose another route",
    "rule not in force": "no rule of the day allows this: choose another route",
    "no threat": "needs a threat to the peace, a breach of the peace or an act of aggression, and "
    "none is set: set it with --fact threat if it is so, or use an ordinary special session",
    "no deadlock": "needs a Council blocked by a veto, and none is set: set it with --fact "
    "deadlock if it is so, or go to the Council first",
    "in session": "the Assembly is sitting in its regular session, and Uniting for Peace speaks of "
    "one that is not: an additional item may do as well (additional-item)",
    "wished too early": "cannot open before {day}: wish for a later day",
    "opens on its own day": "opens on {day} and on no other: take that day, or another route",
    "host has no seat": "{host} has no seat there and cannot ask: let a member that has one ask, "
    "or use a forum of its own",
    "no seat": "no seat there: {parties}; invite as a guest if no member objects, or meet "
    "elsewhere",
    "through members": "{party}: no seat of its own; {inside} of its {of} members sit there and "
    "each answers for itself",
    "observer": "observer only, without a vote: {parties}",
    "open question": "{question} Answer it with --open-question {key}=yes or "
    "{key}=no to see what follows.",
}
REASONS: Mapping[str, str] = {
    "only the parties": "It seats the {count} parties alone, needs no vote, and rests on their "
    "consent.",
    "all come": "The chance that all come is {chance}.",
    "seated at this level": "The record has {count} meetings at the level of {level} that seated "
    "all of them, and {others} at the level of {other}.",
    "bloc mandate": "{party} needs a mandate of its own, which any of its {count} members can "
    "withhold.",
    "not sure of all": "It is not yet likely that all come: {chance}.",
    "experts come": "Experts come more readily: the chance that all send theirs is {chance}.",
    "no day yet": "No day is wished for yet: there is time.",
    "time for experts": "There are {days} days before the wished opening.",
    "no mandate for experts": "Experts bind nobody; what needs the consent of {count} is decided "
    "later, on a text they know.",
    "experts met before": "The record has {count} such meetings at this host’s or another’s table.",
    "votes for it": "Needed: {needed}. About {expected} are expected to support it: the chance is "
    "{chance}.",
    "host can start": "The host can start it alone, and nobody can block it alone.",
    "another must start": "The host has no seat and cannot ask: one of {parties} must, or a member "
    "of it; nobody can block it alone.",
    "bloc cannot vote": "{party} cannot vote, co-sponsor or ask in it: its members must.",
    "opens between": "Asked for on the as-of date, it opens between {first} and {last}.",
    "slow": "No rule sets its day: precedents took {least} days at the least, {middle} in the "
    "middle.",
    "sooner": "Sooner, if less sure ({chance}): {route}, between {first} and {last}.",
    "not a meeting of the parties": "It is a meeting of all, with {others} others in the room: the "
    "parties meet beside it.",
    "facts given": "The facts given meet the test of Uniting for Peace; the chance that it is "
    "called is {chance}.",
    "two thirds for a text": "It debates the matter on which the Council is blocked, and a text "
    "needs two thirds of those voting.",
    "likeliest pair": "{first} ({p}) and {second} ({q}) are the two likeliest to accept; a letter "
    "of co-sponsors has opened a conference before.",
    "farthest pair": "{first} ({p}) and {second} ({q}) are each likelier than not to accept and "
    "stand farthest apart: a letter of both speaks to every side; letters of co-sponsors have "
    "opened conferences before.",
    "already there": "All parties sit in it already, with {others} others: {body}.",
    "least likely": "{party} is the least likely to accept: {chance}.",
}
