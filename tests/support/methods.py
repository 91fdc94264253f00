"""Work methods for tests: that of a place under another name, and the tests' own place with posts added or changed."""

from typing import Any

import pytest

from jinlin.playbooks import here
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Body, Playbook, Post


def work_by(monkeypatch: pytest.MonkeyPatch, name_or_playbook: str | Playbook) -> Playbook:
    """Let the tests' district work by this playbook until the test is over, and return it."""
    chosen = load_playbook(name_or_playbook) if isinstance(name_or_playbook, str) else name_or_playbook
    monkeypatch.setattr(here, "_built", lambda *_stamp: chosen)
    return chosen


def with_posts(*posts: Post, bodies: tuple[Body, ...] = (), base: str = "hongshan", **more: Any) -> Playbook:
    """Return a playbook with these posts and kinds of body in place of those of the same key, or beside them."""
    playbook = load_playbook(base)
    keys, kinds = {post.key for post in posts}, {body.kind for body in bodies}
    kept = tuple(post for post in playbook.post if post.key not in keys)
    others = tuple(body for body in playbook.body if body.kind not in kinds)
    return playbook.model_copy(update={"post": (*kept, *posts), "body": (*others, *bodies), **more})


def post(key: str, *bodies: str, level: str = "community", **more: Any) -> Post:
    """Return a post of a playbook; its name is its key."""
    return Post(key=key, name=key, name_en=key, bodies=bodies, level=level, **more)


def sources(*keys: str) -> list[dict[str, str]]:
    """Return the sources of a post by their keys."""
    return [{"key": key, "name": key, "name_en": key} for key in keys]
