"""What changes common troubles and led cases."""

from jinlin.clusters.actions.answering import answer_all, settle, withdraw_from_public
from jinlin.clusters.actions.leading import NewLeading, give_back, take_lead
from jinlin.clusters.actions.opening import NewCluster, open_cluster
from jinlin.clusters.actions.spotting import Found, read_rule, spot, take_on

__all__ = [
    "Found",
    "NewCluster",
    "NewLeading",
    "answer_all",
    "give_back",
    "open_cluster",
    "read_rule",
    "settle",
    "spot",
    "take_lead",
    "take_on",
    "withdraw_from_public",
]
