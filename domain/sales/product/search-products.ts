import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { madeAt } from '../../kernel/ids.ts'
import { isAbsent, unpacked } from '../../kernel/packed.ts'
import { folded } from '../../kernel/search-fields.ts'
import { type Judge, maybe, no, yes } from '../../kernel/search-tree.ts'
import {
  allBits,
  bitsOf,
  type CardRow,
  codeField,
  type NounFields,
  offCard,
  preparedSearch,
  runSearch,
  type Search,
  type SearchLimits,
  type SearchPage,
  searchLimits,
  textField,
  type Word,
} from '../../parties/index.ts'
import { readCards } from '../../store/card.ts'
import { products } from './product.table.ts'
import type { Product } from './product.ts'
import { cardPart, codedFields, productCards } from './product-card.ts'

/** Fields by which products are searched. Those with `card` are judged without reading the record. */
const productFields: NounFields<Product> = {
  id: { kind: 'id', of: ({ id }) => id, card: ({ id }) => id },
  sku: textField(cardPart.sku, ({ sku }) => sku),
  name: textField(cardPart.name, ({ name }) => name),
  model: textField(cardPart.model, ({ model }) => model),
  spec: textField(cardPart.spec, ({ spec }) => spec),
  brand: textField(cardPart.brand, ({ brand }) => brand),
  category: textField(cardPart.category, ({ category }) => category),
  unit: textField(cardPart.unit, ({ unit }) => unit),
  active: codeField(codedFields, 'active', ({ active }) => active),
  createdAt: { kind: 'instant', of: ({ id }) => madeAt(id), card: ({ id }) => madeAt(id), sorts: true },
  externalId: offCard('text', ({ externalId }) => externalId),
  'listPrice.amount': offCard('number', ({ listPrice }) => listPrice.amount),
  'listPrice.currency': offCard('text', ({ listPrice }) => listPrice.currency),
  'prices.level': offCard('texts', ({ prices = [] }) => prices.flatMap(({ level }) => level ?? [])),
  taxRate: offCard('text', ({ taxRate }) => taxRate),
  updatedAt: offCard('instant', ({ updatedAt }) => updatedAt),
  createdBy: offCard('id', ({ createdBy }) => createdBy),
  description: offCard('text', ({ description }) => description),
}

const searchedParts = [cardPart.sku, cardPart.name, cardPart.model, cardPart.spec, cardPart.brand]

/** Whether the words are found on the card, in letters or by the sound of the name. */
function cardText(words: readonly Word[]): Judge<CardRow> {
  const wanted = allBits(words)
  return ({ parts }) => {
    const texts = searchedParts.map((part) => parts[part]!)
    if (bitsOf(words, { texts, names: [parts[cardPart.name]!] }) === wanted) return yes
    return searchedParts.some((part) => isAbsent(parts, part)) ? maybe : no
  }
}

const recordText =
  (words: readonly Word[]) =>
  ({ sku, name, model = '', spec = '', brand = '' }: Product): boolean =>
    bitsOf(words, { texts: [sku, name, model, spec, brand].map(folded), names: [folded(name)] }) === allBits(words)

const tooManyCards = ({ cards }: SearchLimits) =>
  new Problem('invalid', 'search.too-large', `One search judges at most ${cards} products, and there are more.`)

/** Hands on every card of the firm's products. */
async function readAll(ctx: Context, limits: SearchLimits, each: (row: CardRow) => void): Promise<void> {
  let read = 0
  const readShard = (partition: readonly string[]) =>
    readCards(ctx, partition, (page) => {
      read += page.length
      if (read > limits.cards) throw tooManyCards(limits)
      for (const { sk, text } of page) each({ id: `pro_${sk}`, parts: unpacked(text), place: {} })
    })
  await Promise.all(productCards.map(readShard))
}

/**
 * Searches products by any field; `text` finds parts of SKU, name, model, spec and brand, and a name by its pinyin or the first
 * letters of it. Costs what the cards of all products cost: 0.02 RRU each.
 */
export async function searchProducts(ctx: Context, search: Omit<Search, 'viewId'>, limits = searchLimits): Promise<SearchPage<Product>> {
  const query = preparedSearch(ctx, { plural: 'products', singular: 'product' }, productFields, search, 'sku')
  const searched = {
    entity: products,
    catalogue: productFields,
    isMasked: () => false,
    shownMasked: () => true,
    cardText: cardText(query.words),
    recordText: recordText(query.words),
    inSight: async (rows: Product[]) => rows,
  }
  return runSearch(ctx, query, searched, limits, (each) => readAll(ctx, limits, each))
}
