"""Names of places that could be anywhere in China."""

_STEMS = (
    "桂花 芙蓉 向阳 红旗 新塘 荷叶 翠竹 青山 石桥 枫林 晓月 樟树 莲塘 东湖 西苑 南湾 北岭 金桥 银杏 梧桐 "
    "春晓 月桂 兰亭 香樟 松林 柳岸 清溪 白鹭 长乐 安宁 和平 光明 团结 友谊 建设 胜利 幸福 康宁 福源 龙泉 "
    "凤栖 鹤鸣 云栖 望江 临江 滨河 湖畔 山水 花溪 桃源 杏花 梅园 竹苑 菊香 玉兰 海棠 紫薇 丁香 茶山 稻香 "
    "麦田 果园 书院 文昌 学府 钟楼 鼓楼 南门 北塔 东关 西街 水井 古城 机床 纺织 冶金 车辆 仪表 电力 邮电 "
    "商贸 粮站 铁路 航运 汇景 御景 锦绣 天悦 盛世 嘉和 瑞丰 恒益 泰和 永兴 丰泽 华庭 世纪 阳光 星辰 朝霞"
)
STEMS = tuple(_STEMS.split())
"""A hundred words that streets, communities and estates are called by."""

_STREETS = (
    "新华路 文化路 红旗路 建设路 解放街 人民路 工农路 和平街 友谊路 育才路 滨江路 迎宾路 学府路 环城路 "
    "朝阳街 胜利路 长征路 青年路 光明街 桃花路"
)
STREETS = tuple(_STREETS.split())
"""Streets that most towns have."""
