import { codePart, packed, partOf } from '../../kernel/packed.ts'
import { comparable, type SearchField } from '../../kernel/search-fields.ts'
import type { Card } from '../../store/entity-definition.ts'
import type { Product } from './product.ts'

/** Fields that are one character each on the card, in their order. */
export const codedFields = { active: { kind: 'flag' } } as const satisfies Record<string, SearchField>

const codes: SearchField[] = Object.values(codedFields)
const text = { kind: 'text' } as const

/** Where a part stands on the card; what comes last is left out first. */
export const cardPart = { codes: 0, sku: 1, name: 2, model: 3, spec: 4, brand: 5, category: 6, unit: 7 } as const

/** Every part of a usual product fits: who looks for one types any of them. */
const room = 300

const shards = 4

/** Partitions of the cards of all products, read side by side. */
export const productCards = Array.from({ length: shards }, (_, i) => ['PRO-CARD', String(i)])

/** What of a product is searched without reading it. */
export function cardsOf({ id, active, sku, name, model, spec, brand, category, unit }: Product): Card[] {
  const parts = [
    codePart(codes, [active]),
    ...[sku, name, model, spec, brand, category, unit].map((part) => partOf(comparable(text, part))),
  ]
  const pk = productCards[id.charCodeAt(id.length - 1) % shards]!
  return [{ key: { pk, sk: [id.slice(id.indexOf('_') + 1)] }, text: packed(parts, room) }]
}
