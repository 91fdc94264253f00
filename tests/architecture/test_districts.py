"""District and region stay apart, so that one district can always be moved to a database of its own."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.source import PACKAGE, ROOT, modules, place

REFERENCES = {"region.CalendarDay", "region.Division"}
"""Region models that a district may point to: small, rarely written, with a natural key."""
WIDE_KEYS = (models.BigIntegerField, models.BigAutoField, models.UUIDField, models.CharField, models.DateField)
REGION = {name.rpartition(".")[2] for name in settings.REGION_APPS}
DISTRICT = {name.rpartition(".")[2] for name in settings.DISTRICT_APPS} - {"contenttypes"}
OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("jinlin.")]
MIGRATIONS = sorted(PACKAGE.glob("*/migrations/[0-9]*.py"))


def app_of(model: type[models.Model]) -> str:
    """Return the last part of the name of a model's app."""
    return apps.get_app_config(model._meta.app_label).name.rpartition(".")[2]


def label(model: type[models.Model]) -> str:
    """Return the name of a model with its app."""
    return model._meta.label


def test_every_app_with_tables_is_either_the_regions_or_the_districts():
    tables = {app_of(model) for model in apps.get_models(include_auto_created=True)} - {"contenttypes"}
    assert not REGION & DISTRICT
    assert tables <= REGION | DISTRICT, f"In neither list: {tables - REGION - DISTRICT}"


@pytest.mark.parametrize("model", apps.get_models(include_auto_created=True), ids=label)
def test_a_table_points_only_to_tables_of_its_own_side(model):
    side = REGION if app_of(model) in REGION else DISTRICT
    for field in model._meta.get_fields():
        if field.concrete and field.is_relation and field.related_model:
            target = field.related_model
            allowed = app_of(target) in side or app_of(target) == "contenttypes"
            allowed = allowed or (side is DISTRICT and label(target) in REFERENCES)
            assert allowed, f"{label(model)}.{field.name} points across to {label(target)}"


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_a_table_that_districts_point_to_has_a_natural_key(name):
    assert not isinstance(apps.get_model(name)._meta.pk, models.AutoField | models.UUIDField)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_keys_are_wide_enough_for_ever(model):
    key = model._meta.pk
    key = key.target_field if key.is_relation else key
    if app_of(model) in REGION and isinstance(key, models.PositiveSmallIntegerField):
        return  # a natural key, such as a year
    assert isinstance(key, WIDE_KEYS), f"{label(model)} has a {type(key).__name__} as its key"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_rows_are_ordered_by_time_and_never_by_key_alone(model):
    assert [*model._meta.ordering][:1] not in (["id"], ["-id"], ["pk"], ["-pk"])


@pytest.mark.parametrize("model", OURS, ids=label)
def test_constraints_hold_at_once(model):
    late = [c.name for c in model._meta.constraints if getattr(c, "deferrable", None)]
    assert not late, f"{label(model)}: {late} would only be checked at commit"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_no_table_inherits_from_another(model):
    assert not model._meta.parents, f"{label(model)} inherits the table of {model._meta.parents}"


def test_the_district_is_chosen_in_one_place():
    pattern = re.compile(r"\b(set_tenant|set_schema\w*|schema_context|tenant_context|search_path)\b")
    inside = [place(path) for path in modules() if pattern.search(path.read_text(encoding="utf-8"))]
    assert inside == ["src/jinlin/region/districts.py", "src/jinlin/region/postgresql/base.py"]


FORBIDDEN_SQL = {
    "an advisory lock": r"pg_(try_)?advisory",
    "LISTEN or NOTIFY": r"\bpg_notify\b|['\"]\s*(LISTEN|NOTIFY)\s",
    "a materialised view": r"MATERIALIZED\s+VIEW",
    "a lone sequence": r"\bnextval\s*\(|CREATE\s+SEQUENCE|\bBIGSERIAL\b|\bSERIAL\b",
    "a temporary table": r"CREATE\s+(TEMP|TEMPORARY|UNLOGGED)\s+TABLE",
    "a dynamic statement": r"\bDO\s+\$\$",
    "inheritance of tables": r"\bINHERITS\s*\(",
}


@pytest.mark.parametrize("what", FORBIDDEN_SQL)
def test_no_statement_that_a_cluster_refuses(what):
    pattern = re.compile(FORBIDDEN_SQL[what])
    found = [place(p) for p in sorted(PACKAGE.rglob("*.py")) if pattern.search(p.read_text(encoding="utf-8"))]
    assert not found, f"{what} in {found}"


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_trigger_guards_its_own_table_only(path):
    text = path.read_text(encoding="utf-8")
    if "CREATE TRIGGER" in text.upper():
        assert "current_setting" not in text
        assert not re.search(r"\b(FROM|JOIN|INTO)\s+\w*\.?\w+_\w+", _function_bodies(text)), "it reads another table"


def _function_bodies(text: str) -> str:
    """Return the bodies of PostgreSQL functions in a migration."""
    return "\n".join(re.findall(r"\$\$(.*?)\$\$", text, flags=re.DOTALL))


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_later_migration_alters_one_table(path):
    if path.name.startswith("0001"):
        return
    text = path.read_text(encoding="utf-8")
    altered = set(re.findall(r"migrations\.(?:Add|Alter|Remove|Rename)\w+\(\s*model_name=['\"](\w+)", text))
    assert len(altered) <= 1, f"{path.relative_to(ROOT)} alters {sorted(altered)}; one live table per migration"


@pytest.mark.postgres
def test_connections_are_not_shared_between_transactions():
    assert not settings.DATABASES["default"].get("DISABLE_SERVER_SIDE_CURSORS"), "that is for transaction pooling"
