"""Handover: what a Council member, or who carried a topic in the Assembly, leaves to the next."""

from detente.handover.leaving import BLOCKING, BODIES, Body, Handover, handover

__all__ = ["BLOCKING", "BODIES", "Body", "Handover", "handover"]
