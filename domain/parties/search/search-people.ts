import { requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { absent } from '../../kernel/packed.ts'
import { comparable, type SearchField } from '../../kernel/search-fields.ts'
import { judgeRows } from '../../kernel/search-judge.ts'
import type { Tree } from '../../kernel/search-tree.ts'
import { yes } from '../../kernel/search-tree.ts'
import type { EntityDefinition } from '../../store/entity-definition.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import { customerOfCard } from '../contact/contact-card.ts'
import { customersInSight, reachOf, rowsInSight } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { contactFields } from './contact-fields.ts'
import { customerFields } from './customer-fields.ts'
import type { CardRow, NounFields } from './fields.ts'
import { searchLimits } from './limits.ts'
import { customerSources, placesOf, sharedRows } from './places.ts'
import { leavesOf, type Prepared, preparedSearch } from './prepare-search.ts'
import { type Meter, readSources } from './read-sources.ts'
import { recordLookup, runSearch } from './run-search.ts'
import { readContactCards } from './search-contacts.ts'

/** A contact with its customer, and their cards. */
type Person = Contact & { customer?: Customer }
type PersonCard = CardRow & { customer?: CardRow }

/** What some roles do not see of a customer is not searched by. */
const hiddenOfCustomers = ['creditLimit', 'overdueLimit', 'holdWhenOverdueDays', 'billing']

/** The fields of a contact under their names, those of its customer as `customer.<field>`. */
const peopleFields: NounFields<Person> = {
  ...(contactFields as NounFields<Person>),
  ...Object.fromEntries(
    Object.entries(customerFields)
      .filter(([name]) => !hiddenOfCustomers.includes(name.split('.')[0]!))
      .map(([name, { sorts: _sorts, card, of, ...field }]) => [
        `customer.${name}`,
        {
          ...field,
          of: ({ customer }: Person) => (customer ? of(customer) : undefined),
          ...(card ? { card: (row: CardRow) => ((row as PersonCard).customer ? card((row as PersonCard).customer!) : absent) } : {}),
        },
      ]),
  ),
}

/** A field that another context knows of people: judged by who they are and by the partition of their customer, so that it costs no reading. */
export interface PersonField extends SearchField {
  of(contactId: string, partition: string): unknown
}

const withOthers = (others: Record<string, PersonField>): NounFields<Person> => ({
  ...peopleFields,
  ...Object.fromEntries(
    Object.entries(others).map(([name, { of, ...field }]) => [
      name,
      {
        ...field,
        of: ({ id, customerId, customer }: Person) => of(id, partitionOf(customer?.id ?? customerId)),
        card: (row: CardRow) => comparable(field, of(row.id, customerOfCard(row))),
      },
    ]),
  ),
})

const prepared = (ctx: Context, catalogue: NounFields<Person>, where: Tree): Prepared => {
  requirePermission(ctx.actor, 'contacts.read')
  return preparedSearch(ctx, { plural: 'people', singular: 'contact' }, catalogue, { where, idsOnly: true }, '-createdAt')
}

/** Checks a tree without running it. 422 for what cannot be searched, with its place. */
export const checkPeople = (ctx: Context, where: Tree, others: Record<string, PersonField> = {}): void =>
  void prepared(ctx, withOthers(others), where)

/**
 * The ids of the contacts that a tree over contacts and their customers finds, of those the caller sees whole; judged by the
 * cards of both, by `others` that a context knows besides, and by the records where the cards do not say. How many cards that took is
 * added to `judged`. 422 `search.too-large` above the limits of every search.
 */
export async function searchPeople(
  ctx: Context,
  where: Tree,
  others: Record<string, PersonField> = {},
  limits = searchLimits,
  judged = { cards: 0 },
): Promise<string[]> {
  const catalogue = withOthers(others)
  const query = prepared(ctx, catalogue, where)
  const meter: Meter = { read: 0, limits }
  const reach = await reachOf(ctx)
  const places = await placesOf(ctx, reach, query.where)
  const firms = new Map<string, CardRow>()
  const firm = (row: CardRow) => void firms.set(partitionOf(row.id), row)
  if (leavesOf(query.where).some(({ field }) => field.startsWith('customer.'))) {
    for (const row of await sharedRows(ctx, meter, reach, places)) firm(row)
    await readSources(ctx, meter, 'cus', customerSources(places, reach), firm)
  }
  const searched = {
    entity: contacts as EntityDefinition<Person>,
    catalogue,
    isMasked: () => false,
    shownMasked: () => true,
    cardText: () => yes,
    recordText: () => true,
    inSight: (rows: Person[]) => withCustomers(ctx, rows),
  }
  const { ids } = await runSearch(ctx, query, searched, limits, (each) =>
    readContactCards(ctx, meter, reach, places, (row) => {
      const customer = firms.get(customerOfCard(row))
      each(customer ? ({ ...row, customer } as PersonCard) : row)
    }),
  )
  judged.cards += meter.read
  return ids
}

/**
 * Those of some contacts that a tree finds and the caller sees whole, judged by their records and by `others` that a context knows
 * besides; all that are seen without a tree.
 */
export async function peopleWho(
  ctx: Context,
  where: Tree | undefined,
  people: Contact[],
  others: Record<string, PersonField> = {},
): Promise<Contact[]> {
  const seen = await withCustomers(ctx, people)
  const catalogue = withOthers(others)
  const checked = where && prepared(ctx, catalogue, where).where
  if (!checked) return seen
  const judge = judgeRows(checked, recordLookup({ catalogue, isMasked: () => false, shownMasked: () => true }))
  return seen.filter((person) => judge(person) === yes)
}

async function withCustomers(ctx: Context, rows: Person[]): Promise<Person[]> {
  const [seen, firms] = await Promise.all([
    rowsInSight(ctx, rows),
    customersInSight(
      ctx,
      rows.map(({ id }) => id),
    ),
  ])
  return seen.map((row) => ({ ...row, ...(firms.has(row.id) ? { customer: firms.get(row.id)! } : {}) }))
}
