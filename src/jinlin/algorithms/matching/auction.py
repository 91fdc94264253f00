"""An auction: whoever has capacity left bids for the best place, which goes to the highest bids.

After Bertsekas and Castañon (1989): equal places of one seller share a price, the lowest bid that holds one, and 0 while
a place is free. Each bid raises it to where the bidder would turn to the second best, and a step more. At the end no
unit holds a place that is worse than its best by more than the step, so the benefit is within step times places of the
optimum.
"""

from __future__ import annotations

import numpy as np

from jinlin.algorithms.arrays import Flags, Numbers
from jinlin.algorithms.compiled import compiled, inner
from jinlin.algorithms.heaps import push, replace_first
from jinlin.algorithms.matching.market import Side


@compiled
def hold_auction(bidders: Side, sellers: Side, benefit: Numbers, step: int, most_looks: int) -> tuple[Flags, int, bool]:
    """Fill the sellers' places from price 0; return which edges are used, how many were looked at, whether it ended.

    Sets `price` and `filled` of the sellers. `step` is an integer of at least 1. It stops early when it has looked at
    `most_looks` edges.
    """
    used, owner = np.zeros(len(benefit), np.bool_), _owners(bidders, len(benefit))
    first = _first_places(sellers.capacity)
    bids, holders = np.zeros(first[-1], np.int64), np.zeros(first[-1], np.int64)
    sellers.price[:] = 0
    sellers.filled[:] = 0
    free, waits = bidders.capacity.copy(), np.ones(len(bidders.capacity), np.bool_)
    queue = np.arange(len(free))[::-1].copy()
    length, looks = len(queue), 0
    while length > 0 and looks <= most_looks:
        bidder = queue[length - 1]
        looks += bidders.start[bidder + 1] - bidders.start[bidder]
        place, rise = _best(bidders, bidder, free[bidder], sellers.price, benefit, used)
        if place < 0:
            length -= 1
            waits[bidder] = False
            continue
        seller, edge = bidders.far[place], bidders.edge[place]
        bid = sellers.price[seller] + rise + step
        begin, end = first[seller], first[seller + 1]
        lost = _sell(sellers, seller, bids[begin:end], holders[begin:end], bid, edge)
        used[edge] = True
        free[bidder] -= 1
        if lost >= 0:
            used[lost] = False
            loser = owner[lost]
            free[loser] += 1
            if not waits[loser]:
                waits[loser] = True
                queue[length] = loser
                length += 1
    return used, looks, length == 0


@inner
def _owners(side: Side, edges: int) -> Numbers:
    """Return to which member of a side each edge belongs."""
    owner = np.zeros(edges, np.int64)
    for member in range(len(side.capacity)):
        for place in range(side.start[member], side.start[member + 1]):
            owner[side.edge[place]] = member
    return owner


@inner
def _first_places(capacity: Numbers) -> Numbers:
    first = np.zeros(len(capacity) + 1, np.int64)
    for member in range(len(capacity)):
        first[member + 1] = first[member] + capacity[member]
    return first


@inner
def _best(bidders: Side, bidder: int, free: int, price: Numbers, benefit: Numbers, used: Flags) -> tuple[int, int]:
    """Return where the bidder's best unused edge stands and by how much it is better than the second best, or -1."""
    best, most, second = -1, 0, 0
    if free > 0:
        for place in range(bidders.start[bidder], bidders.start[bidder + 1]):
            edge = bidders.edge[place]
            gain = benefit[edge] - price[bidders.far[place]]
            if gain > second and not used[edge]:
                if gain > most:
                    best, most, second = place, gain, most
                else:
                    second = gain
    return best, most - second


@inner
def _sell(sellers: Side, seller: int, bids: Numbers, holders: Numbers, bid: int, edge: int) -> int:
    """Give a place to the edge; return the edge that loses it, or -1 where one was free."""
    count = sellers.filled[seller]
    lost = -1
    if count < len(bids):
        sellers.filled[seller] = push(bids, holders, count, bid, edge)
    else:
        lost = holders[0]
        replace_first(bids, holders, count, bid, edge)
    if sellers.filled[seller] == len(bids):
        sellers.price[seller] = bids[0]
    return lost
