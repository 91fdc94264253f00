"""The walk and the check of a graph of steps agree: what is accepted ends, and what is refused has a witness."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.step_graph import (
    END,
    STOPPED,
    Fault,
    Node,
    Reason,
    Turn,
    asks_for_choice,
    faults,
    move,
    steps_after,
    usual_way,
)

KEYS = "abcdef"


def line(*keys: str, **last) -> list[Node]:
    """Steps one after the other; the named columns belong to the last one."""
    following = [*keys[1:], END]
    nodes = [Node(key, (after,)) for key, after in zip(keys, following, strict=True)]
    return [*nodes[:-1], Node(keys[-1], (END,), **last)]


@st.composite
def graphs(draw) -> list[Node]:
    """Any steps with any names after them: most are wrong in some way."""
    keys = KEYS[: draw(st.integers(1, len(KEYS)))]
    back = st.sampled_from(["", "", *keys])
    return [
        Node(
            key,
            tuple(draw(st.lists(st.sampled_from([*keys, END]), min_size=1, max_size=3, unique=True))),
            draw(back),
            draw(back),
            draw(st.booleans()),
            draw(st.one_of(st.none(), st.integers(1, 3))),
            draw(st.booleans()),
        )
        for key in keys
    ]


@st.composite
def sound_graphs(draw) -> list[Node]:
    """Steps in an order, each followed by later ones, so that most are sound."""
    keys = KEYS[: draw(st.integers(1, len(KEYS)))]
    nodes = []
    for place, key in enumerate(keys):
        after = [*keys[place + 1 :], END]
        more = draw(st.lists(st.sampled_from(after), max_size=2))
        then = tuple(dict.fromkeys([after[0], *more]))
        back = st.sampled_from(["", *keys[: place + 1]])
        nodes.append(Node(key, then, draw(back), draw(back), draw(st.booleans()), draw(st.integers(1, 3))))
    return nodes


def walk(nodes: list[Node], data: st.DataObject, most: int, proofs: int) -> str:
    """Walk with drawn outcomes; each return without a bound uses up one of so many proofs. Return where it ended."""
    by_key, at, returned = {node.key: node for node in nodes}, nodes[0].key, dict.fromkeys(KEYS, 0)
    for _ in range(most):
        node = by_key[at]
        turns = [Turn.ON] if node.new_proof and node.returns is None and proofs == 0 else list(Turn)
        turn = data.draw(st.sampled_from(turns))
        to = move(node, turn, data.draw(st.sampled_from(node.then)), returned[at])
        if turn != Turn.ON and to in node.backs:
            returned[at] += 1
            proofs -= node.new_proof and node.returns is None
        if to in {END, STOPPED}:
            return to
        at = to
    return at


@given(sound_graphs(), st.data())
def test_what_is_accepted_ends_however_the_steps_turn_out(nodes, data):
    assert faults(nodes) == []
    returns = sum(node.returns or 0 for node in nodes)
    assert walk(nodes, data, (returns + 1) * len(nodes), proofs=0) in {END, STOPPED}


@given(graphs(), st.data())
def test_any_graph_that_is_accepted_ends_too(nodes, data):
    if not faults(nodes):
        proofs = 4
        returns = sum(node.returns or 0 for node in nodes) + proofs
        assert walk(nodes, data, (returns + 1) * len(nodes), proofs) in {END, STOPPED}


@given(sound_graphs())
def test_from_every_step_of_an_accepted_graph_the_end_is_reached_when_all_goes_well(nodes):
    by_key = {node.key: node for node in nodes}
    for node in nodes:
        at, moves = node.key, 0
        while at != END:
            at, moves = move(by_key[at], Turn.ON, by_key[at].then[0]), moves + 1
            assert moves <= len(nodes)
        assert node.key == nodes[0].key or node.key in steps_after(nodes, nodes[0].key)


@given(graphs())
def test_what_is_refused_has_a_witness_that_the_walk_bears_out(nodes):
    for fault in faults(nodes):
        WITNESSES[fault.reason](nodes, fault)


def goes(nodes: list[Node], start: str) -> set[str]:
    """Every step to which the walk can go from a step when each turns out well."""
    by_key = {node.key: node for node in nodes}
    found, waiting = set(), [start]
    while waiting:
        key = waiting.pop()
        if key in by_key and key not in found:
            found.add(key)
            waiting += [move(by_key[key], Turn.ON, choice) for choice in by_key[key].then]
    return found


def loops(nodes: list[Node], fault: Fault):
    by_key = {node.key: node for node in nodes}
    assert fault.witness[0] == fault.witness[-1]
    for here, after in pairwise(fault.witness):
        assert move(by_key[here], Turn.ON, after) == after


def is_never_reached(nodes: list[Node], fault: Fault):
    assert fault.step not in goes(nodes, nodes[0].key)


def does_not_come_again(nodes: list[Node], fault: Fault):
    (target,) = fault.witness
    assert fault.step not in goes(nodes, target)


def goes_round_for_ever(nodes: list[Node], fault: Fault):
    node = next(node for node in nodes if node.key == fault.step)
    turn = Turn.FAILED if node.failed else Turn.UPHELD
    assert {move(node, turn, returned=times) for times in range(100)} <= set(fault.witness)
    wrong = {found.step for found in faults(nodes) if found.reason == Reason.NOT_BACK}
    if node.key not in wrong:
        assert all(fault.step in goes(nodes, target) for target in fault.witness)


WITNESSES = {
    Reason.LOOP: loops,
    Reason.UNREACHED: is_never_reached,
    Reason.NOT_BACK: does_not_come_again,
    Reason.ENDLESS: goes_round_for_ever,
}


@pytest.mark.parametrize(
    ("nodes", "found"),
    [
        (line("a", "b"), []),
        ([*line("a"), Node("a", (END,))], [Fault(Reason.REPEATED, "a")]),
        ([Node(END, (END,))], [Fault(Reason.REPEATED, END)]),
        ([Node("a", ("b",))], [Fault(Reason.UNKNOWN, "a", ("b",))]),
        ([Node("a", ())], [Fault(Reason.UNKNOWN, "a")]),
        (line("a", "b", failed="c", returns=1), [Fault(Reason.UNKNOWN, "b", ("c",))]),
        ([Node("a", ("b",)), Node("b", ("a",))], [Fault(Reason.LOOP, "a", ("a", "b", "a"))]),
        ([Node("a", ("b",)), Node("b", ("c", END)), Node("c", ("b",))], [Fault(Reason.LOOP, "b", ("b", "c", "b"))]),
        ([Node("a", (END,)), Node("b", (END,))], [Fault(Reason.UNREACHED, "b")]),
        ([Node("a", ("b",), failed="b", returns=1), Node("b", (END,))], [Fault(Reason.NOT_BACK, "a", ("b",))]),
        (line("a", "b", failed="a"), [Fault(Reason.ENDLESS, "b", ("a",))]),
        (line("a", "b", failed="a", new_proof=True), []),
        (line("a", "b", upheld="b", returns=2), []),
    ],
)
def test_each_fault_is_found_with_its_witness(nodes, found):
    assert faults(nodes) == found


def test_a_step_that_must_pass_stops_the_walk_where_it_leads_nowhere_back():
    vote = Node("vote", ("plan",), must_pass=True)
    assert move(vote, Turn.ON) == "plan"
    assert move(vote, Turn.FAILED) == STOPPED
    assert move(Node("talk", ("vote",)), Turn.FAILED) == "vote"


def test_an_objection_that_is_upheld_leads_back_as_often_as_the_bound_says():
    notice = Node("notice", (END,), upheld="talk", returns=2)
    assert [move(notice, Turn.UPHELD, returned=times) for times in range(3)] == ["talk", "talk", STOPPED]
    assert move(Node("vote", (END,)), Turn.UPHELD) == STOPPED


def test_of_several_steps_one_is_chosen():
    screening = Node("screening", ("talk", "forum"))
    assert move(screening, Turn.ON, "forum") == "forum"
    for choice in ("", "vote"):
        with pytest.raises(ValueError, match=rf"^{choice}$"):
            move(screening, Turn.ON, choice)


@given(sound_graphs())
def test_a_choice_is_asked_for_exactly_where_the_walk_needs_one(nodes):
    for node in nodes:
        for turn in Turn:
            if asks_for_choice(node, turn):
                with pytest.raises(ValueError, match=r"^$"):
                    move(node, turn)
            else:
                assert move(node, turn)


def test_the_usual_way_takes_the_first_of_several():
    nodes = [Node("a", ("b", "c")), Node("b", ("d",)), Node("c", ("d",)), Node("d", (END,))]
    assert usual_way(nodes) == ["a", "b", "d"]
    assert usual_way(nodes, "c") == ["c", "d"]
