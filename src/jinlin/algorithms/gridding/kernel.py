"""The search for a good division of one community: simulated annealing over moves that never tear a grid apart.

A move takes one building over a border into the next grid; a chain takes a second building from there further on, or
back, which is a swap. Each is priced exactly from sums that are kept per grid. All compiled code of the search stands in
this file (see `jinlin.algorithms.compiled`); it works on a board.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.compiled import compiled, inner
from jinlin.algorithms.gridding.board import Board, Move

# A deviation of exactly one tenth counts as within, whatever the last bit of a division says.
TENTH, FIFTH = 0.1 + 1e-9, 0.2 + 1e-9
_CHAINS = 0.6
_STEPS_PER_TEMPERATURE = 64


@compiled
def anneal(board: Board, steps: int, hottest: float, coldest: float) -> float:
    """Improve the division on the board and return its cost; the temperature falls in a geometric series.

    Every grid must have buildings and hang together, and does so afterwards.
    """
    tally(board)
    cooling = (coldest / hottest) ** (_STEPS_PER_TEMPERATURE / max(steps, 1))
    heat = hottest
    for step in range(steps if len(board.grids) > 1 else 0):
        if step % _STEPS_PER_TEMPERATURE == 0:
            heat *= cooling
        border = below(board.dice, len(board.borders))
        if _grid_before(board, border) != _grid_behind(board, border):
            if share(board.dice) < _CHAINS:
                _try_chain(board, border, heat)
            else:
                _try_move(board, border, heat)
    return _whole_cost(board)


@compiled
def tally(board: Board) -> None:
    """Count the sums of grids and estates afresh from the grids of the buildings."""
    buildings, grids, presence = board.buildings, board.grids, board.presence
    presence[:] = 0
    for grid in grids:
        grid.households = grid.area = grid.perimeter = grid.major = grid.size = 0
    for building in buildings:
        grid = grids[building.grid]
        presence[building.estate, building.grid] += 1
        grid.size += 1
        grid.households += building.households
        grid.area += building.area
        grid.perimeter += building.perimeter
    for border in board.borders:
        own = buildings[border.source].grid
        if buildings[border.other].grid == own:
            grids[own].perimeter -= border.length
            grids[own].major += border.major * (border.source < border.other)
    for grid in grids:
        grid.cost = _cost(board, grid.households, grid.area, grid.perimeter, grid.major)
    for estate in range(len(presence)):
        board.estates[estate].pieces = np.count_nonzero(presence[estate])


@inner
def _whole_cost(board: Board) -> float:
    cost = 0.0
    for grid in board.grids:
        cost += grid.cost
    for estate in board.estates:
        cost += board.weights.estate * max(0, estate.pieces - estate.allowed)
    return cost


@inner
def _cost(board: Board, households: float, area: float, perimeter: float, major: int) -> float:
    """Return what one grid costs; the pieces of estates are counted apart."""
    weights = board.weights
    off = abs(households - board.target) / board.target
    cost = off * (weights.deviation + weights.square * off)
    if off > TENTH:
        cost += weights.beyond_tenth
    if off > FIFTH:
        cost += weights.beyond_fifth
    if major > 0:
        cost += weights.road
    if perimeter > 0:
        cost += weights.shape * max(0.0, 1 - 4 * np.pi * area / (perimeter * perimeter))
    return cost


@inner
def _grid_before(board: Board, border: int) -> int:
    return board.buildings[board.borders[border].source].grid


@inner
def _grid_behind(board: Board, border: int) -> int:
    return board.buildings[board.borders[border].other].grid


@inner
def _try_move(board: Board, border: int, heat: float) -> None:
    """Move the building before the border into the grid behind it, if that is worth it and tears nothing apart."""
    building, old = board.borders[border].source, _grid_before(board, border)
    if board.grids[old].size == 1:
        return
    move = _priced(board, building, _grid_behind(board, border))
    if not _accepted(move.rise, heat, board.dice):
        return
    _carry_out(board, move)
    if not _hangs_together(board, _neighbour_in(board, building, old)):
        _take_back(board, move)


@inner
def _try_chain(board: Board, border: int, heat: float) -> None:
    """Move the building before the border into the grid behind it, and one from there further on, or back."""
    building, follower = board.borders[border].source, _follower(board, border)
    onward = _random_border(board, follower)
    old, new, third = _grid_before(board, border), _grid_behind(board, border), _grid_behind(board, onward)
    if third == new or board.borders[onward].other == building or (board.grids[old].size == 1 and third != old):
        return
    move = _priced(board, building, new)
    _carry_out(board, move)
    second = _priced(board, follower, third)
    if _accepted(move.rise + second.rise, heat, board.dice):
        _carry_out(board, second)
        rest = follower if third == old else _neighbour_in(board, building, old)
        if _hangs_together(board, rest) and _hangs_together(board, building):
            return
        _take_back(board, second)
    _take_back(board, move)


@inner
def _follower(board: Board, border: int) -> int:
    """Return a building of the grid behind the border: the one that stands there, or one beside it."""
    nearest = board.borders[border].other
    beside = board.borders[_random_border(board, nearest)].other
    return beside if board.buildings[beside].grid == board.buildings[nearest].grid else nearest


@inner
def _random_border(board: Board, building: int) -> int:
    first, end = board.buildings[building].first, board.buildings[building].end
    return first + below(board.dice, end - first)


@inner
def _accepted(rise: float, heat: float, dice: NDArray[np.uint64]) -> bool:
    """Say whether to accept a rise of the cost (Metropolis): always a fall, seldom a rise far above the temperature."""
    return rise <= 0 or (rise < 16 * heat and share(dice) < np.exp(-rise / heat))


@inner
def _priced(board: Board, building: int, new: int) -> Move:
    """Return what it would cost to move the building to the grid `new`."""
    one = board.buildings[building]
    old_length, new_length, old_major, new_major = 0.0, 0.0, 0, 0
    for place in range(one.first, one.end):
        border = board.borders[place]
        beyond = board.buildings[border.other].grid
        if beyond == one.grid:
            old_length += border.length
            old_major += border.major
        elif beyond == new:
            new_length += border.length
            new_major += border.major
    left, right = board.grids[one.grid], board.grids[new]
    old_after = _cost(
        board,
        left.households - one.households,
        left.area - one.area,
        left.perimeter - one.perimeter + 2 * old_length,
        left.major - old_major,
    )
    new_after = _cost(
        board,
        right.households + one.households,
        right.area + one.area,
        right.perimeter + one.perimeter - 2 * new_length,
        right.major + new_major,
    )
    rise = old_after + new_after - left.cost - right.cost + _pieces_rise(board, building, new)
    return Move(
        building, one.grid, new, rise, left.cost, right.cost, old_after, new_after,
        old_length, new_length, old_major, new_major,
    )  # fmt: skip


@inner
def _pieces_rise(board: Board, building: int, new: int) -> float:
    one = board.buildings[building]
    estate = board.estates[one.estate]
    ends, begins = board.presence[one.estate, one.grid] == 1, board.presence[one.estate, new] == 0
    after = max(estate.pieces - ends + begins, estate.allowed)
    return board.weights.estate * (after - max(estate.pieces, estate.allowed))


@inner
def _carry_out(board: Board, move: Move) -> None:
    """Move the building and bring all sums up to date."""
    one, left, right = board.buildings[move.building], board.grids[move.old], board.grids[move.new]
    left.households -= one.households
    right.households += one.households
    left.area -= one.area
    right.area += one.area
    left.perimeter -= one.perimeter - 2 * move.old_length
    right.perimeter += one.perimeter - 2 * move.new_length
    left.major -= move.old_major
    right.major += move.new_major
    left.size -= 1
    right.size += 1
    left.cost, right.cost = move.old_after, move.new_after
    estate, presence = board.estates[one.estate], board.presence
    presence[one.estate, move.old] -= 1
    estate.pieces += (presence[one.estate, move.new] == 0) - (presence[one.estate, move.old] == 0)
    presence[one.estate, move.new] += 1
    one.grid = move.new


@inner
def _take_back(board: Board, move: Move) -> None:
    """Undo the last move that was carried out."""
    back = Move(
        move.building, move.new, move.old, -move.rise,
        move.new_after, move.old_after, move.new_before, move.old_before,
        move.new_length, move.old_length, move.new_major, move.old_major,
    )  # fmt: skip
    _carry_out(board, back)


@inner
def _neighbour_in(board: Board, building: int, grid: int) -> int:
    """Return a building of the grid that borders on the given one; there is one."""
    for place in range(board.buildings[building].first, board.buildings[building].end):
        if _grid_behind(board, place) == grid:
            return board.borders[place].other
    return building


@inner
def _hangs_together(board: Board, start: int) -> bool:
    """Say whether every building of the grid of `start` is reached from there."""
    buildings = board.buildings
    own, visit = buildings[start].grid, _next_bits(board.dice)  # never the same number twice
    buildings[start].seen, buildings[0].queue = visit, start
    reached, waiting, size = 1, 1, board.grids[own].size
    while waiting > 0 and reached < size:
        waiting -= 1
        one = buildings[buildings[waiting].queue]
        for place in range(one.first, one.end):
            other = board.borders[place].other
            if buildings[other].grid == own and buildings[other].seen != visit:
                buildings[other].seen, buildings[waiting].queue = visit, other
                waiting, reached = waiting + 1, reached + 1
    return reached == size


@inner
def below(dice: NDArray[np.uint64], limit: int) -> int:
    """Return a random whole number from 0 to limit - 1; the limit must be below 2³²."""
    return int(((_next_bits(dice) >> np.uint64(32)) * np.uint64(limit)) >> np.uint64(32))


@inner
def share(dice: NDArray[np.uint64]) -> float:
    """Return a random number from 0 to 1, the latter excluded."""
    return np.float64(_next_bits(dice) >> np.uint64(11)) * 2.0**-53


@inner
def _next_bits(dice: NDArray[np.uint64]) -> np.uint64:
    """Return the next 64 random bits (xorshift64: Marsaglia, "Xorshift RNGs", 2003); the state is never zero."""
    bits = dice[0]
    bits ^= bits << np.uint64(13)
    bits ^= bits >> np.uint64(7)
    bits ^= bits << np.uint64(17)
    dice[0] = bits
    return bits
