/**
 * Provinces with their short name (a character that also stands on number plates and in names of firms) and their cities.
 * A region in front of a name says where a firm is registered, not who it is.
 */
const provinces = `
沪 上海: 浦东 闵行 嘉定 松江 奉贤 崇明 徐汇 虹口 静安 青浦
京 北京: 海淀 朝阳 昌平 通州 顺义 大兴 房山 怀柔 密云
津 天津: 滨海 武清 塘沽
渝 重庆: 万州 涪陵 江津 合川 永川
粤 广东: 深圳 广州 珠海 汕头 佛山 韶关 湛江 肇庆 江门 茂名 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 顺德 南海 番禺 宝安 龙岗 南山
苏 江苏: 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 太仓 宜兴 吴江 丹阳 如皋 启东 海门
浙 浙江: 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 诸暨 乐清 瑞安 永康 海宁 桐乡 萧山 余杭 温岭
鲁 山东: 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 莱芜 龙口 寿光
皖 安徽: 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
闽 福建: 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 石狮 南安 福清
赣 江西: 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
湘 湖南: 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 浏阳
鄂 湖北: 武汉 黄石 十堰 宜昌 襄阳 襄樊 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江
豫 河南: 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源
冀 河北: 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水
晋 山西: 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
陕 陕西: 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 杨凌
甘 甘肃: 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南
青 青海: 西宁 海东 格尔木
川 四川: 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 西昌
黔 贵州: 贵阳 六盘水 遵义 安顺 毕节 铜仁
滇 云南: 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 大理 西双版纳
桂 广西: 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾
琼 海南: 海口 三亚 儋州
藏 西藏: 拉萨 日喀则 林芝
宁 宁夏: 银川 石嘴山 吴忠 固原 中卫
新 新疆: 乌鲁木齐 克拉玛依 吐鲁番 哈密 伊犁 喀什 石河子 库尔勒 阿克苏 昌吉
蒙 内蒙古: 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 满洲里
辽 辽宁: 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛
吉 吉林: 长春 四平 辽源 通化 白山 松原 白城 延边
黑 黑龙江: 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 绥化
港 香港: 九龙
澳 澳门:
台 台湾: 台北 高雄 新竹 台中 台南
中 中国:
日 日本: 东京 大阪 名古屋 横滨
美 美国: 纽约
英 英国: 伦敦
德 德国: 柏林
法 法国: 巴黎
荷 荷兰:
意 意大利: 米兰
西 西班牙:
韩 韩国: 首尔
新 新加坡:
`

export interface Region {
  name: string
  /** The character that stands for its province, e.g. 鄂 for 武汉. */
  short: string
  /** True for the province itself. */
  whole: boolean
}

/** Regions by name, provinces and cities alike. */
export const regions: ReadonlyMap<string, Region> = new Map(
  provinces
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [head, cities = ''] = row.split(':')
      const [short, province] = head!.split(' ')
      return [province!, ...cities.trim().split(' ')]
        .filter(Boolean)
        .map((name): [string, Region] => [name, { name, short: short!, whole: name === province }])
    }),
)

export const longestRegion = Math.max(...[...regions.keys()].map((name) => name.length))

/** What may follow the name of a region and belongs to it. */
export const regionTails = [
  '特别行政区',
  '自治区',
  '经济特区',
  '经济技术开发区',
  '高新技术开发区',
  '高新区',
  '开发区',
  '新区',
  '省',
  '市',
  '县',
]
