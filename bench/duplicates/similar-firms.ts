import { syllablesOf } from '../../domain/kernel/pinyin.ts'

const parts =
  /^(?<place>上海市?|北京|深圳市?|广州市?|杭州|宁波|苏州|青岛|厦门|武汉|成都|重庆市?|天津市?)(?<name>[^科贸商国进电信网智生新机自精五塑模包化建装环实投企文广餐食农医药物供货汽纺服鞋家日教软通光照节房酒旅印仪]{2,3})(?<trade>.+?)(?<form>(?:集团)?(?:有限公司|有限责任公司|股份有限公司))$/

const otherPlaces = ['上海', '北京', '深圳市', '广州', '杭州', '苏州', '青岛', '成都', '西安']
const otherTrades = ['贸易', '科技', '电子科技', '机械设备', '文化传播', '食品', '物流', '建材', '环保科技', '医疗器械', '实业']
const letters = '华金新鑫达盛宏恒天海德泰博信瑞佳美兴源通明辉东方安利丰国富力诚嘉润康益正凯飞科众亿阳光星宝隆昌优特'

type Difference = 'place' | 'trade' | 'one character' | 'one more character' | 'one less character' | 'place and trade' | 'turned'
interface Similar {
  kind: Difference
  name: string
}

/** Names of other firms with a similar stem: those that a check must not take for the same. */
export function similarFirms(firm: string, random: () => number): Similar[] {
  const { place, name, trade, form } = firm.match(parts)?.groups ?? {}
  if (!place || !name || !trade || !form) return []
  const other = (list: ArrayLike<string>, not: string) => {
    for (;;) {
      const one = list[Math.floor(random() * list.length)]!
      if (one !== not && !not.includes(one) && syllablesOf(one)[0] !== syllablesOf(not)[0]) return one
    }
  }
  const at = Math.floor(random() * name.length)
  const letter = other(letters, name[at]!)
  const [otherPlace, otherTrade] = [other(otherPlaces, place), other(otherTrades, trade)]
  return [
    { kind: 'place', name: otherPlace + name + trade + form },
    { kind: 'trade', name: place + name + otherTrade + form },
    { kind: 'one character', name: place + name.slice(0, at) + letter + name.slice(at + 1) + trade + form },
    { kind: 'one more character', name: place + name + letter + trade + form },
    ...(name.length === 3 ? [{ kind: 'one less character' as const, name: place + name.slice(0, 2) + trade + form }] : []),
    { kind: 'place and trade', name: otherPlace + name + otherTrade + form },
    ...(name[0] !== name.at(-1) ? [{ kind: 'turned' as const, name: place + [...name].reverse().join('') + trade + form }] : []),
  ]
}
