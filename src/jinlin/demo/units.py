"""Names of the offices and firms of a district, beside the departments that its work method names."""

from itertools import islice, product

from jinlin.demo.names import STEMS

_OFFICES = (
    "委办公室 纪委监委机关 委宣传部 委统战部 委编办 直属机关工委 委老干部局 委党校 档案馆 人大办公室 政府办公室 "
    "政协办公室 发展和改革局 教育局 科技和工业信息化局 司法局 财政局 自然资源局 交通运输局 农业农村局 水利局 商务局 "
    "文化和旅游局 卫生健康局 退役军人事务局 应急管理局 审计局 体育局 统计局 医疗保障局 信访局 数据局 林业局 "
    "供销合作社 总工会 团委 妇联 科协 文联 残联 红十字会 工商联 侨联 税务局 人民法院 人民检察院 气象局 "
    "疾病预防控制中心 妇幼保健院 人民医院 中医医院 图书馆 文化馆 融媒体中心 机关事务服务中心 政务服务中心 "
    "房屋征收中心 园林绿化中心 环境卫生中心 市政维护中心 社会福利院 就业服务中心 社会保险中心 投资促进中心 "
    "项目建设中心 土地储备中心 房产服务中心 职业中等专业学校 教师发展中心 粮食储备中心 防汛抗旱中心 公路建设中心 "
    "动物防疫中心 农业技术中心 青少年活动中心 老年大学 救助管理站 公证处 法律援助中心"
)
_TRADES = "建材 机械 商贸 物流 电子 食品 置业 园林 科技 纺织"


def offices(district: str, count: int) -> list[str]:
    """Names of offices of a district. Raises ValueError for more than there are."""
    names = _OFFICES.split()
    if count > len(names):
        raise ValueError(f"There are {len(names)} offices, not {count}.")
    return [f"{district}{name}" for name in names[:count]]


def firms(count: int) -> list[str]:
    """Names of firms."""
    pairs = product(_TRADES.split(), STEMS[::7])
    return [f"{stem}{trade}有限公司" for trade, stem in islice(pairs, count)]
