import { BusinessDate, Instant } from './dates.ts'
import { invalid, Problem } from './errors.ts'
import type { Operator } from './paging.ts'
import { pointerTo } from './parse-input.ts'
import {
  type Catalogue,
  type Comparable,
  comparable,
  digitsOf,
  type FieldKind,
  folded,
  operatorsOf,
  type SearchField,
} from './search-fields.ts'
import { type Moment, momentOf } from './search-moments.ts'
import type { Checked, Tree } from './search-tree.ts'

type Value = string | number | boolean

/** Kinds of which a record may have several: without any the list is empty, which is known and not unset. */
const lists: readonly FieldKind[] = ['texts', 'phones', 'ids']

/** A leaf whose field, operator and value are known to fit: `test` judges a value that is set. */
export interface CheckedLeaf {
  field: string
  op: Operator
  values: Comparable[]
  test(held: Comparable | readonly Comparable[]): boolean
  isOfList: boolean
  pointer: string
}

const anyElement = (held: Comparable | readonly Comparable[], test: (one: Comparable) => boolean) =>
  typeof held === 'object' ? held.some(test) : test(held)

function testOf({ kind }: SearchField, op: Operator, [first, second]: Comparable[], all: Comparable[]): CheckedLeaf['test'] {
  const inside = kind === 'phones' ? (one: Comparable) => String(one).includes(first as string) : (one: Comparable) => one === first
  const among = new Set(all)
  const upTo = kind === 'instant' ? (one: Comparable) => one < second! : (one: Comparable) => one <= second!
  const tests: Record<Exclude<Operator, 'isNull'>, CheckedLeaf['test']> = {
    eq: (held) => held === first,
    ne: (held) => held !== first,
    in: (held) => anyElement(held, (one) => among.has(one)),
    lt: (held) => (held as Comparable) < first!,
    lte: (held) => (held as Comparable) <= first!,
    gt: (held) => (held as Comparable) > first!,
    gte: (held) => (held as Comparable) >= first!,
    between: (held) => (held as Comparable) >= first! && upTo(held as Comparable),
    prefix: (held) => anyElement(held, (one) => String(one).startsWith(first as string)),
    contains: (held) => (typeof held === 'object' ? held.some(inside) : String(held).includes(first as string)),
  }
  return op === 'isNull' ? () => !first : tests[op]
}

const wants: Record<FieldKind, string> = {
  text: 'text',
  texts: 'text',
  phones: 'a number of at least 3 digits',
  id: 'an id, or `me` for the caller',
  ids: 'an id, or `me` for the caller',
  option: 'one of its choices',
  flag: 'true or false',
  date: 'a day such as 2026-11-21, or today, today-30, today+7',
  instant: 'an instant such as 2026-11-21T08:00:00Z, or today, today-30, today+7 for the beginning of that day',
  number: 'a number',
}

/** One value of a leaf as comparisons take it; undefined when it does not fit. */
function parsedValue(field: SearchField, value: Value, at: Moment): Comparable | undefined {
  if (field.kind === 'flag') return typeof value === 'boolean' ? value : undefined
  if (field.kind === 'number') {
    const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined
  }
  if (typeof value !== 'string' || value === '') return undefined
  if (field.kind === 'id' || field.kind === 'ids') return value === 'me' ? at.me : (field.compared?.(value) ?? value)
  if (field.kind === 'option') return field.options!.includes(value) ? field.options!.indexOf(value) : undefined
  if (field.kind === 'phones') return digitsOf(value).length >= 3 ? digitsOf(value) : undefined
  if (field.kind === 'text' || field.kind === 'texts') return folded(value)
  const moment = momentOf(value, field.kind, at)
  const parsed = (field.kind === 'date' ? BusinessDate : Instant).safeParse(moment)
  return parsed.success ? (comparable(field, parsed.data) as number) : undefined
}

function unknownField(field: string, known: readonly string[], pointer: string): Problem {
  const [code, message] = ['search.unknown-field', `Nothing can be searched by ${JSON.stringify(field)}.`]
  return new Problem('invalid', code, `${message} Fields are: ${known.join(', ')}.`, { errors: [{ pointer, code, message }] })
}

/** 422 with the pointer of the leaf's part and what would be possible there. */
function checkedLeaf(catalogue: Catalogue, leaf: { field: string; op: Operator; value: unknown }, path: string[], at: Moment): CheckedLeaf {
  const place = (part: string) => pointerTo([...path, part])
  const field = Object.hasOwn(catalogue, leaf.field) ? catalogue[leaf.field] : undefined
  if (!field) throw unknownField(leaf.field, Object.keys(catalogue), place('field'))
  if (!operatorsOf[field.kind].includes(leaf.op))
    throw invalid(
      'search.unknown-operator',
      place('op'),
      `${leaf.field} cannot be compared by ${leaf.op}. It takes: ${operatorsOf[field.kind].join(', ')}.`,
    )
  const several = leaf.op === 'in' || leaf.op === 'between'
  const given = Array.isArray(leaf.value) ? leaf.value : [leaf.value]
  const counted = leaf.op === 'between' ? given.length === 2 : leaf.op === 'in' || given.length === 1
  const asFlag: SearchField = { kind: 'flag' }
  const values = given.map((value) => parsedValue(leaf.op === 'isNull' ? asFlag : field, value, at))
  if (several !== Array.isArray(leaf.value) || !counted || values.includes(undefined))
    throw invalid('search.invalid-value', place('value'), `${leaf.field} ${leaf.op} wants ${wanted(leaf.field, field, leaf.op)}.`)
  const known = values as Comparable[]
  const test = testOf(field, leaf.op, known, known)
  return { field: leaf.field, op: leaf.op, values: known, pointer: pointerTo(path), isOfList: lists.includes(field.kind), test }
}

function wanted(name: string, field: SearchField, op: Operator): string {
  if (op === 'isNull') return 'true (unset) or false (set)'
  const one = field.options ? `one of ${field.options.join(', ')}` : wants[field.kind]
  if (op === 'in') return `a list, each ${one}`
  return op === 'between' ? `a list of two, lower and upper end, each ${one}` : one || name
}

const deepest = 8
const mostLeaves = 100

/** A tree with every leaf checked against the catalogue. 422 at the place of the first fault; `path` is where the tree stands in the body. */
export function checkTree(catalogue: Catalogue, tree: Tree, at: Moment, path: readonly string[] = ['where']): Checked<CheckedLeaf> {
  let leaves = 0
  const visit = (node: Tree, place: string[], depth: number): Checked<CheckedLeaf> => {
    if (depth > deepest) throw invalid('search.too-deep', pointerTo(place), `A search is nested at most ${deepest} levels deep.`)
    if ('and' in node) return { and: node.and.map((inner, i) => visit(inner, [...place, 'and', String(i)], depth + 1)) }
    if ('or' in node) return { or: node.or.map((inner, i) => visit(inner, [...place, 'or', String(i)], depth + 1)) }
    if ('not' in node) return { not: visit(node.not, [...place, 'not'], depth + 1) }
    leaves += 1
    if (leaves > mostLeaves)
      throw new Problem('invalid', 'search.too-many-comparisons', `A search has at most ${mostLeaves} comparisons; use \`in\` with a list.`)
    return { leaf: checkedLeaf(catalogue, node, place, at) }
  }
  return visit(tree, [...path], 1)
}
