"""Compiles the inner loops of the algorithms to machine code, and keeps the outcome between runs where there is a place.

Compiled code is kept beside the source, else in the user's cache folder (numba's own order; NUMBA_CACHE_DIR names another
one). Where none of them can be written, as in an installation that belongs to somebody else, each process compiles anew.

What is kept is thrown away when the file of the function changes that Python calls, and only then. After a change in a
file whose loops are part of others', such as `heaps`, remove `__pycache__` folders to see it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(function: Loop) -> Loop:
    """Return the function compiled at its first call for the types that it is called with."""
    compile_: Any = njit
    try:
        return compile_(function, cache=True, error_model="numpy")
    except RuntimeError:  # numba finds no folder that it may write to
        return compile_(function, error_model="numpy")


def inner(function: Loop) -> Loop:
    """Return a function that only compiled functions call; it becomes a part of them and is kept with them."""
    compile_: Any = njit
    return compile_(function, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
