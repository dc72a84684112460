import { allowed } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { isAbsent } from '../../kernel/packed.ts'
import { digitsOf, folded } from '../../kernel/search-fields.ts'
import { type Judge, maybe, no, yes } from '../../kernel/search-tree.ts'
import { type Reach, reachOf, sightOf } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { cardPart } from '../customer/customer-card.ts'
import { isMasked, shownInPool } from '../customer/shown-to.ts'
import { contactBits } from './contact-text.ts'
import { customerFields } from './customer-fields.ts'
import type { CardRow } from './fields.ts'
import { searchLimits } from './limits.ts'
import { contactSources, customerSources, ofShared, placesOf, sharedRows } from './places.ts'
import { type Prepared, prepareSearch, type Search } from './prepare-search.ts'
import { type Meter, readSources } from './read-sources.ts'
import { runSearch, type Searched, type SearchPage } from './run-search.ts'
import { allBits, bitsOf, type Word } from './words.ts'

const shownOfAddresses = ['addresses.city', 'addresses.province', 'addresses.country']
const shownMasked = (field: string) => field === 'ownerId' || shownInPool.has(field) || shownOfAddresses.includes(field)

type Bits = ReadonlyMap<string, number>

/** Names, short names, aliases and phones of the card; of one that is masked only what the pool shows. Contacts count by their customer. */
function cardText(words: readonly Word[], ofContacts: Bits): Judge<CardRow> {
  const { name, shortName, aliases, phones } = cardPart
  const wanted = allBits(words)
  return ({ id, parts, place }) => {
    const texts = place.masked ? [parts[name]!, parts[shortName]!] : [parts[name]!, parts[shortName]!, parts[aliases]!]
    const own = bitsOf(words, { texts, phones: place.masked ? [] : [parts[phones]!], names: texts.slice(0, 2) })
    const bits = place.masked ? own : own | (ofContacts.get(partitionOf(id)) ?? 0)
    if (bits === wanted) return yes
    const searched = place.masked ? [name, shortName] : [name, shortName, aliases, phones]
    return searched.some((part) => isAbsent(parts, part)) ? maybe : no
  }
}

/** The same of a whole record. */
const recordText = (ctx: Context, words: readonly Word[], ofContacts: Bits) => (customer: Customer) => {
  const masked = isMasked(ctx, customer)
  const { id, name, shortName, aliases = [], phones = [] } = customer
  const texts = [name, shortName ?? '', ...(masked ? [] : aliases)].map(folded)
  const own = bitsOf(words, { texts, phones: masked ? [] : phones.map(digitsOf), names: texts.slice(0, 2) })
  return (masked ? own : own | (ofContacts.get(partitionOf(id)) ?? 0)) === allBits(words)
}

const searchedCustomers = (ctx: Context, { words }: Prepared, reach: Reach, ofContacts: Bits): Searched<Customer> => ({
  entity: customers,
  catalogue: customerFields,
  isMasked: (customer) => isMasked(ctx, customer),
  shownMasked,
  cardText: cardText(words, ofContacts),
  recordText: recordText(ctx, words, ofContacts),
  inSight: async (rows) => rows.filter((customer) => sightOf(ctx, customer, reach) !== 'none'),
})

/**
 * Searches the customers that the caller sees by any of their fields: owned ones of its reach, those it is a team member of,
 * and the public pools, of which only what the pool shows is searched. `text` also finds a customer by its contacts.
 */
export async function searchCustomers(ctx: Context, search: Search, limits = searchLimits): Promise<SearchPage<Customer>> {
  const query = await prepareSearch(ctx, 'customers', customerFields, search, '-createdAt')
  const meter: Meter = { read: 0, limits }
  const reach = await reachOf(ctx)
  const places = await placesOf(ctx, reach, query.where)
  const shared = await sharedRows(ctx, meter, reach, places)
  const withContacts = query.words.length > 0 && allowed(ctx.actor, 'contacts.read')
  const owners = [...places.owners, ...ofShared(shared).owners]
  const ofContacts = withContacts
    ? await contactBits(ctx, meter, query.words, contactSources(owners, reach.keepsPools && places.pools.length > 0))
    : new Map<string, number>()
  return runSearch(ctx, query, searchedCustomers(ctx, query, reach, ofContacts), limits, async (each) => {
    for (const row of shared) each(row)
    await readSources(ctx, meter, 'cus', customerSources(places, reach), each)
  })
}
