/** Names as Chinese firms have them: place, name, trade, legal form. Seeded, so that a run can be repeated. */
const places =
  '上海 上海 上海市 北京 北京 深圳市 深圳市 深圳 广州 广州市 东莞市 佛山市 杭州 杭州 宁波 温州 义乌市 苏州 苏州 无锡 常州 南京 南通 昆山 青岛 济南 烟台 潍坊 临沂 厦门 福州 泉州 武汉 长沙 郑州 洛阳 成都 成都 重庆 重庆市 西安 天津 天津市 大连 沈阳 哈尔滨 长春 石家庄 合肥 南昌 昆明 贵阳 南宁 海口 太原 兰州 乌鲁木齐 江苏 浙江 广东 山东 福建 四川 湖北 河南 中山市 惠州市 珠海 嘉兴 绍兴 台州 金华 中国'.split(
    ' ',
  )
const letters =
  '华金新鑫达盛宏恒天中海德泰博信瑞佳美兴源通明辉东方大成永安利顺丰国富力诚嘉润康益宇正凯龙飞腾科创联合众亿百万千里阳光星辰宝隆昌远卓越优特朗尔森林江河山川云峰岭石玉洁清雅文艺思维智慧汇聚集鼎立伟业长青春晓日月精锐英杰豪迈威世纪和平顺意吉祥如福禄寿喜庆红绿蓝银铭铸铁钢邦普惠民生态环诺贝克斯曼迪奥雷丹尼亚洲欧陆航帆舟港湾岛旭晟昊翔鹏展鸿图景致远景逸品味道香格调乐悠然之家居易购速捷便利民众城市花园林语桥梁栋材俊才贤能仁义礼孝忠勤俭谦敬爱友善真善'
const trades =
  '贸易 贸易 贸易 商贸 商贸 国际贸易 进出口 科技 科技 科技 科技 电子科技 信息技术 网络科技 智能科技 生物科技 新材料 新能源 电子 电器 电气 机械 机械设备 机电设备 自动化设备 精密机械 五金 五金制品 塑料制品 模具 包装材料 化工 建材 建筑工程 装饰工程 建设 建筑劳务 环保科技 实业 实业发展 投资 投资管理 企业管理咨询 文化传播 文化传媒 广告 餐饮管理 食品 农业科技 农产品 医疗器械 医药 药业 物流 国际物流 供应链管理 货运代理 汽车销售服务 汽车零部件 纺织 纺织品 服饰 服装 鞋业 家具 家居用品 日用品 教育科技 教育咨询 软件 信息科技 通信技术 光电科技 照明 节能技术 电力工程 物业管理 房地产开发 酒店管理 旅游 印刷 仪器仪表 电线电缆'.split(
    ' ',
  )
const forms = ['有限公司', '有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司', '集团有限公司']

/** Numbers 0 <= n < 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <T>(random: () => number, list: ArrayLike<T>): T => list[Math.floor(random() * list.length)]!

/** Characters near the beginning of the list come more often, as in the trade register. */
const letter = (random: () => number): string => letters[Math.floor(random() ** 1.7 * letters.length)]!

function invented(random: () => number): string {
  const length = random() < 0.72 ? 2 : random() < 0.8 ? 3 : 4
  const name = Array.from({ length }, () => letter(random)).join('')
  return `${pick(random, places)}${name}${pick(random, trades)}${pick(random, forms)}`
}

/** So many different names of firms. */
export function inventedFirms(count: number, seed: number): string[] {
  const random = seeded(seed)
  const names = new Set<string>()
  while (names.size < count) names.add(invented(random))
  return [...names]
}
