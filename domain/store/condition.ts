import { StaleWrite } from '../kernel/errors.ts'
import type { Item } from './item.ts'
import type { Action } from './write.ts'

type Named = Pick<Action, 'condition' | 'names' | 'values'>

const token = /\s*(\(|\)|,|<=|>=|<>|=|<|>|[#:]?[A-Za-z_][\w]*)/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text)
    if (!found) throw new Error(`condition: cannot read ${text}`)
    tokens.push(found[1]!)
  }
  return tokens
}

const compare: Record<string, (a: never, b: never) => boolean> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/**
 * Judges a condition as DynamoDB would, on an item that is staged and not yet written: comparisons, `attribute_exists`,
 * `attribute_not_exists`, AND, OR, NOT and parentheses. A comparison with an attribute that is not there is false.
 */
export function holds({ condition, names = {}, values = {} }: Named, item: Item | undefined): boolean {
  if (!condition) return true
  const tokens = tokensOf(condition)
  const next = () => tokens.shift() ?? ''
  const valueAt = (word: string): unknown => (word.startsWith(':') ? values[word] : item?.[word.startsWith('#') ? names[word]! : word])
  const term = (): boolean => {
    const word = next()
    if (word === 'NOT') return !term()
    if (word === '(') {
      const inner = either()
      next()
      return inner
    }
    if (word === 'attribute_exists' || word === 'attribute_not_exists') {
      const [, attribute] = [next(), next(), next()]
      return (valueAt(attribute!) !== undefined) === (word === 'attribute_exists')
    }
    const operator = compare[next()]
    if (!operator) throw new Error(`condition: cannot judge ${condition}`)
    const [left, right] = [valueAt(word), valueAt(next())]
    return left !== undefined && right !== undefined && operator(left as never, right as never)
  }
  // Both sides are read before they are joined: a side that is skipped would leave its words behind.
  const both = (): boolean => {
    let all = term()
    while (tokens[0] === 'AND' && next()) all = term() && all
    return all
  }
  const either = (): boolean => {
    let any = both()
    while (tokens[0] === 'OR' && next()) any = both() || any
    return any
  }
  return either()
}

type Judged = Named & Pick<Action, 'onFail'>

/** One condition that wants what both want. */
export function bothConditions(a: Judged, b: Judged): Judged {
  if (!a.condition) return conditionOf(b)
  if (!b.condition || JSON.stringify([a.condition, a.names, a.values]) === JSON.stringify([b.condition, b.names, b.values]))
    return conditionOf(a)
  const renamed = (text: string) => text.replace(/[#:][A-Za-z_]\w*/g, (name) => `${name}_b`)
  const renamedKeys = (map: object = {}) => Object.entries(map).map(([name, value]) => [renamed(name), value] as const)
  const joined = (one: object | undefined, other: object | undefined) =>
    one || other ? Object.fromEntries([...Object.entries(one ?? {}), ...renamedKeys(other)]) : undefined
  return conditionOf({
    condition: `(${a.condition}) AND (${renamed(b.condition)})`,
    names: joined(a.names, b.names),
    values: joined(a.values, b.values),
    onFail: (item) => (holds(a, item) ? b : a).onFail?.(item) ?? new StaleWrite(),
  })
}

/** The condition of an action without its effect; what is not there is left out, since DynamoDB takes no empty names. */
export const conditionOf = ({ condition, names, values, onFail }: Partial<{ [K in keyof Judged]: Judged[K] | undefined }>): Judged => ({
  ...(condition ? { condition } : {}),
  ...(names ? { names } : {}),
  ...(values ? { values } : {}),
  ...(onFail ? { onFail } : {}),
})
