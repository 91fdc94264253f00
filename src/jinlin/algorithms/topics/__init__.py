"""Topics of many messages, and texts that say the same: who else raised this, and what does everybody raise."""

from jinlin.algorithms.topics.finding import Message, Topic, find_topics
from jinlin.algorithms.topics.heat import FORMULA, Heat
from jinlin.algorithms.topics.recent import Near, RecentTexts

__all__ = ["FORMULA", "Heat", "Message", "Near", "RecentTexts", "Topic", "find_topics"]
