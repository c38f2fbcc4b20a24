"""Handover: what a Council member, or who carried a topic in the Assembly, leaves to the next."""

from detente.handover.leaving import BODIES, Body, Handover, handover

__all__ = ["BODIES", "Body", "Handover", "handover"]
