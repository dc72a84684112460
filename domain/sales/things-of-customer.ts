import type { Entity } from '../store/entity.ts'
import type { Stored } from '../store/entity-definition.ts'
import { quotes } from './quote/quote.table.ts'

/** What of sales is removed with a customer: its quotes, what was ordered of them, and its prices. */
export const thingsOfSales = {
  entities: [quotes as Entity<Stored>],
  prefixes: ['QOT', 'PRH', 'PRL'],
}
