"""Compiles the inner loops of the algorithms to machine code, and keeps the outcome between runs where there is a place."""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(function: Loop) -> Loop:
    """Return the function compiled at its first call for the types that it is called with.

    The machine code is kept beside the module or in the user's cache folder. Where neither can be written, as in an
    installation that belongs to somebody else, each process compiles anew.
    """
    compile_: Any = njit
    try:
        return compile_(function, cache=True)
    except RuntimeError:
        return compile_(function)


def inner(function: Loop) -> Loop:
    """Return a function that only compiled functions call; it becomes a part of them and is kept with them."""
    compile_: Any = njit
    return compile_(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)
