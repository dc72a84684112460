import { syllablesOf } from '../../kernel/pinyin.ts'
import { remember } from '../../kernel/remember.ts'
import { isHan } from './fold-text.ts'
import { hanUnits, type Unit } from './han-units.ts'

/** A unit of a name with what it counts for when two names are compared. */
interface WeighedUnit extends Unit {
  weight: number
  /** Index of its first part. */
  at: number
  length: number
}

/** A Chinese name in parts: one for each character, one for each Latin word or number. */
export interface HanName {
  parts: string[]
  units: WeighedUnit[]
  /** Index of the unit of each part. */
  unitOf: number[]
  /** How each part is read; made when it is first asked for (`soundsOf`). */
  sounds?: string[]
}

/** How each part of a name is read. */
export function soundsOf(name: HanName): string[] {
  if (!name.sounds) {
    const sounds = syllablesOf(name.parts.join(''))
    name.sounds = sounds.length === name.parts.length ? sounds : name.parts
  }
  return name.sounds
}

/** Marks of the exchanges that stand before or behind a short name: ST, XD, A, B … */
const markers = new Set(['st', 'sst', 'xd', 'xr', 'dr', 'n', 's', 'a', 'b', 'h', 'u', 'w', 'l', 'adr'])

const weightOf = { brand: 1, latin: 1, industry: 0.42, region: 0.3, generic: 0.07 } as const

/** Where nobody is named (中国石油化工), region and trade are the name. */
const weightAlone = { brand: 1, latin: 1, industry: 0.8, region: 0.6, generic: 0.25 } as const

function unitsOf(words: readonly string[]): Unit[] {
  const marked = words.some(isHan)
  return words.flatMap((word, i): Unit[] => {
    if (isHan(word)) return hanUnits(word)
    const marker = marked && (i === 0 || i === words.length - 1) && markers.has(word)
    return [{ text: word, kind: marker ? 'generic' : 'latin' }]
  })
}

/** Words of trade that short names leave out before others. */
const faint = new Set([
  '科技',
  '技术',
  '高新',
  '系统',
  '服务',
  '管理',
  '设备',
  '制造',
  '设计',
  '工具',
  '产品',
  '制品',
  '高科技',
  '网络',
  '信息',
])

const mostKept = 2000
const keptName = remember(mostKept, (text) => readHanName(text.split(' ')))

/** Reads the words of a name (see `nameWords`) as regions, names and words of trade. */
export const hanName = (words: readonly string[]): HanName => keptName(words.join(' '))

function readHanName(words: readonly string[]): HanName {
  const units = unitsOf(words)
  const named = units.some((unit) => unit.kind === 'brand' || unit.kind === 'latin')
  const weights = named ? weightOf : weightAlone
  const seen = { brand: 0, latin: 0, industry: 0, region: 0, generic: 0 }
  const name: HanName = { parts: [], units: [], unitOf: [] }
  for (const unit of units) {
    const parts = unit.kind === 'latin' || !isHan(unit.text) ? [unit.text] : [...unit.text]
    const again = seen[unit.kind]++
    const weak = faint.has(unit.text) ? 0.7 : 1
    const china = unit.region?.short === '中' ? 0.7 : 1
    name.units.push({
      ...unit,
      at: name.parts.length,
      length: parts.length,
      weight: weights[unit.kind] * china * weak * (again ? 0.75 : 1),
    })
    for (const part of parts) {
      name.parts.push(part)
      name.unitOf.push(name.units.length - 1)
    }
  }
  return name
}
