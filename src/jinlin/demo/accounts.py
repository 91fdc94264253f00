"""The accounts that a demo prints: one for every role, all with the same password."""

from dataclasses import dataclass

PASSWORD = "jinlin-demo-2026"  # noqa: S105 - a demo's, shown to everybody
STAFF_PHONE_BLOCK = "19800"


@dataclass(frozen=True)
class DemoAccount:
    """An account that the demo prints: user name, whose part it plays, and the door it enters by."""

    username: str
    part: str
    door: str


ACCOUNTS = (
    DemoAccount("resident", "居民", "/"),
    DemoAccount("neighbour_head", "楼栋长", "/field/"),
    DemoAccount("grid_member", "网格员", "/field/"),
    DemoAccount("community_worker", "社工", "/desk/"),
    DemoAccount("community_secretary", "社区书记", "/desk/"),
    DemoAccount("property_manager", "物业", "/desk/"),
    DemoAccount("subdistrict_officer", "街道", "/cockpit/"),
    DemoAccount("district_officer", "区诉求中心", "/cockpit/"),
    DemoAccount("department_officer", "部门", "/desk/"),
    DemoAccount("auditor", "审计", "/desk/audit/"),
    DemoAccount("administrator", "管理员", "/desk/accounts/"),
)
