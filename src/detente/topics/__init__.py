"""What a text of the United Nations is about: topics, and how every text came to its own."""

from detente.topics.assignment import Assignments, assign, assign_text
from detente.topics.naming import find_topic
from detente.topics.reading import Reading
from detente.topics.taxonomy import Topic, taxonomy, topic
from detente.topics.weight import weight

__all__ = [
    "Assignments",
    "Reading",
    "Topic",
    "assign",
    "assign_text",
    "find_topic",
    "taxonomy",
    "topic",
    "weight",
]
