import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import { customerOfCard } from '../contact/contact-card.ts'
import { type Reach, reachOf, rowsInSight } from '../customer/access.ts'
import { knownPools } from '../pool/known-pools.ts'
import { contactFields } from './contact-fields.ts'
import { contactCardText, contactText } from './contact-text.ts'
import type { CardRow } from './fields.ts'
import { searchLimits } from './limits.ts'
import { contactSources, customerSources, ofShared, type Places, placesOf, sharedRows } from './places.ts'
import { prepareSearch, type Search } from './prepare-search.ts'
import { type Meter, readSources } from './read-sources.ts'
import { runSearch, type SearchPage } from './run-search.ts'

/**
 * The customers of the pools whose contacts the caller sees, by partition: `all`, none, or, for who keeps the pools but does
 * not reach every one of them, those of the pools in reach.
 */
async function pooledInSight(ctx: Context, meter: Meter, reach: Reach, places: Places): Promise<'all' | ReadonlySet<string>> {
  const seen = new Set<string>()
  const { pools, keepsPools } = reach
  if (!keepsPools || places.pools.length === 0) return seen
  if (pools === 'all' || (await knownPools(ctx)).every(({ id }) => pools.has(id))) return 'all'
  const sources = customerSources({ ...places, owners: [] }, reach)
  await readSources(ctx, meter, 'cus', sources, ({ id }) => void seen.add(partitionOf(id)))
  return seen
}

/** Hands over the card of every contact whose customer the caller sees whole, once. */
export async function readContactCards(
  ctx: Context,
  meter: Meter,
  reach: Reach,
  places: Places,
  each: (row: CardRow) => void,
): Promise<void> {
  const shared = ofShared(await sharedRows(ctx, meter, reach, places))
  const pooled = await pooledInSight(ctx, meter, reach, places)
  const inPools = (row: CardRow) => pooled === 'all' || pooled.has(customerOfCard(row))
  const owned = contactSources(places.owners, pooled === 'all' || pooled.size > 0)
  await readSources(ctx, meter, 'con', owned, (row) => {
    if (row.place.ownerId || inPools(row)) each(row)
  })
  await readSources(ctx, meter, 'con', contactSources(shared.owners, false), (row) => {
    if (shared.partitions.has(customerOfCard(row))) each(row)
  })
}

/**
 * Searches the contacts of the customers that the caller sees whole, by any field. Contacts in the pools are found by those
 * alone who keep the pools.
 */
export async function searchContacts(ctx: Context, search: Search, limits = searchLimits): Promise<SearchPage<Contact>> {
  const query = await prepareSearch(ctx, 'contacts', contactFields, search, '-createdAt')
  const meter: Meter = { read: 0, limits }
  const reach = await reachOf(ctx)
  const places = await placesOf(ctx, reach, query.where)
  const searched = {
    entity: contacts,
    catalogue: contactFields,
    isMasked: () => false,
    shownMasked: () => true,
    cardText: contactCardText(query.words),
    recordText: contactText(query.words),
    inSight: (rows: Contact[]) => rowsInSight(ctx, rows),
  }
  return runSearch(ctx, query, searched, limits, (each) => readContactCards(ctx, meter, reach, places, each))
}
