"""Finds the folder of generators and real data that lies beside the project."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


def shared_bench(name: str) -> ModuleType | None:
    """Return a module of `shared/bench`, in the folder that JINLIN_SHARED names or beside the project; None without one."""
    path = Path(os.environ.get("JINLIN_SHARED") or ROOT.parent / "shared") / "bench" / f"{name}.py"
    if not path.is_file():
        return None
    found = importlib.util.spec_from_file_location(name, path)
    if found is None or found.loader is None:
        return None
    module = sys.modules[name] = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
