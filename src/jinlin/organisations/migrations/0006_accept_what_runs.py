"""What was given before counts as accepted; apart from the change of the table, which PostgreSQL wants in one step each."""

from django.db import migrations, models

KEYS = {
    "楼栋长": "building_head",
    "网格员": "grid_member",
    "全科社工": "community_worker",
    "社区党委书记": "community_secretary",
    "物业项目经理": "property_manager",
    "街道办理人员": "subdistrict_officer",
    "综合执法队员": "enforcement_officer",
    "区诉求中心人员": "request_centre_officer",
    "部门承办人员": "department_officer",
    "审计人员": "auditor",
    "平台管理员": "administrator",
}


def accept_what_runs(apps, schema_editor):
    """Take what was given before for accepted, and name its post by the key of the playbook that came with the product."""
    given = apps.get_model("organisations", "Appointment").objects.filter(key="")
    for name, key in KEYS.items():
        given.filter(post=name).update(key=key, accepted_on=models.F("term_from"))
    given.filter(key="").update(key=models.F("role"), accepted_on=models.F("term_from"))


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_tables_of_bodies")]

    operations = [migrations.RunPython(accept_what_runs, migrations.RunPython.noop)]
