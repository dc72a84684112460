import { gunzipSync } from 'node:zlib'
import { rowsField, unpackRows } from '../../store/rows.ts'
import type { PlacedItem } from '../../store/whole-items.ts'
import { type WireItem, type WireValue, wireOfItem } from '../../store/wire-item.ts'
import { type Eraser, erased, type Person } from './person.ts'

/** Attributes that a record cannot be without, or that its sense hangs on: they say that something was erased. */
const needed = new Set(['name', 'subject', 'summary', 'description', 'message', 'text', 'c'])
/** A firm stays what it is called, and so does the tenant. */
const keptOf: Record<string, readonly string[]> = { customer: ['name', 'shortName', 'aliases'], tenant: ['name'] }
const keys = new Set(['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk', 'entity', 'id'])

function erasedValue(name: string, value: WireValue, erase: Eraser): WireValue | undefined {
  if (value.S !== undefined) {
    const S = erase(value.S)
    if (S === value.S) return value
    return S === erased && !needed.has(name) ? undefined : { S }
  }
  if (value.M) return { M: erasedItem(value.M, erase, new Set()) }
  if (value.L) return { L: value.L.flatMap((one) => erasedValue(name, one, erase) ?? []) }
  if (value.SS) return { SS: value.SS.map(erase) }
  return value
}

const erasedItem = (item: WireItem, erase: Eraser, kept: ReadonlySet<string>): WireItem =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      const after = kept.has(name) ? value : erasedValue(name, value, erase)
      return after ? [[name, after]] : []
    }),
  )

/** The item with the rows of its document, which are kept as one text, as a list: each of their texts is looked at as such. */
export function withRows(item: PlacedItem): PlacedItem {
  const text = item.entity?.S?.endsWith('-detail') ? item[rowsField]?.S : undefined
  return text === undefined ? item : { ...item, ...wireOfItem({ [rowsField]: unpackRows(text) }) }
}

/** The item without what says who the person is. */
export function withoutPerson(item: PlacedItem, erase: Eraser): PlacedItem {
  const opened = withRows(item)
  const after = erasedItem(opened, erase, new Set([...keys, ...(keptOf[item.entity?.S ?? ''] ?? [])])) as PlacedItem
  const isKept = JSON.stringify(after[rowsField]) === JSON.stringify(opened[rowsField])
  return opened !== item && isKept ? { ...after, [rowsField]: item[rowsField]! } : after
}

/** True when the keys of an item say who the person is: it is found by that, and so it cannot stay. */
export const isPersonInKey = (item: PlacedItem, erase: Eraser): boolean =>
  ['pk', 'sk', 'gsi1pk', 'gsi2pk'].some((name) => {
    const text = decodeURIComponent((item[name]?.S ?? '').replaceAll('#', ' '))
    return erase(text) !== text
  })

/** The record that an item is about: itself, or what it names as such. */
export const isAbout = (item: PlacedItem, { ids }: Person): boolean =>
  [item.id?.S, item.contactId?.S, item.on?.M?.id?.S].some((id) => id !== undefined && ids.includes(id))

/** The answer that is kept with an idempotency key, as text. */
export const answerOf = ({ body }: PlacedItem): string => body?.S ?? (body?.B ? gunzipSync(Buffer.from(body.B, 'base64')).toString() : '')
