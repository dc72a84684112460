import { knownUsers, linkedUser } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { partsOf, plainValues } from '../../kernel/transfer-field.ts'
import type { Row, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { findInOrder } from '../../store/read.ts'
import { matchByExternalId, matchByGuard, matchById } from '../../store/row-matchers.ts'
import { customersInSight, reachOf, sightOf } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { customerList, listCustomers } from '../customer/list-customers.ts'
import { shownTo } from '../customer/shown-to.ts'
import { termsText } from '../customer/terms-value.ts'
import { alikeRows } from '../duplicate/alike-rows.ts'
import { nameGuard } from '../duplicate/guards.ts'
import { customersNamed } from '../duplicate/namesakes.ts'
import { type PartyInput, taxKey } from '../duplicate/party-facts.ts'
import { knownPools } from '../pool/known-pools.ts'
import { customerKind } from '../record-kinds.ts'
import { customerSheetColumns } from './customer-columns.ts'
import { linkedCustomer } from './customer-link.ts'
import { heldRecords } from './held-records.ts'
import { sheetSource } from './sheet-source.ts'

type Fields = Record<string, unknown>

/** The words for "nobody" in a column of owners. */
const nobody = new Set(['公海', '公共池', '无', 'public pool', 'pool', 'none'])

/** The owner that a row names; null for the pool, undefined when it names none. */
async function ownerOf(ctx: Context, values: Values): Promise<string | null | undefined> {
  const named = values['owner.email'] ?? values['owner.externalId'] ?? values['owner.name']
  if (typeof named === 'string' && nobody.has(named.toLowerCase())) return null
  return (await linkedUser(ctx, values, 'owner'))?.id
}

async function poolOf(ctx: Context, values: Values): Promise<string | undefined> {
  const name = values['pool.name']
  if (name === undefined) return undefined
  const pool = (await knownPools(ctx)).find((known) => known.name === name)
  if (pool) return pool.id
  const message = `There is no public pool ${JSON.stringify(name)}. Make it first, or correct the cell.`
  throw new Problem('invalid', 'row.link-unknown', message, { errors: [{ pointer: '/pool.name', code: 'row.link-unknown', message }] })
}

/** The first address with the parts that the row has; a customer's other addresses stay. */
function addressesOf(values: Values, current: Customer | undefined): object[] | undefined {
  const parts = partsOf(values, 'address')
  if (!parts) return undefined
  const [first, ...others] = (current?.addresses ?? []) as object[]
  return [{ kind: 'office', ...first, ...parts }, ...others]
}

const given = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** What of a row is looked at for duplicates; nothing without a name. */
const partyOf = (values: Values): PartyInput | undefined => {
  const { name, shortName, aliases, taxNumber, phones, email } = values as unknown as PartyInput
  return name ? { name, shortName, aliases, taxNumber, phones, email, addresses: addressesOf(values, undefined) ?? [] } : undefined
}

async function compose(ctx: Context, values: Values, current?: Customer): Promise<Fields> {
  return given({
    ...plainValues(values),
    addresses: addressesOf(values, current),
    billing: partsOf(values, 'billing'),
    ownerId: await ownerOf(ctx, values),
    poolId: await poolOf(ctx, values),
    parentCustomerId: await linkedCustomer(ctx, values, 'parent'),
  })
}

async function readSeen(ctx: Context, ids: readonly string[]): Promise<Customer[]> {
  const [found, reach] = await Promise.all([findInOrder(ctx, customers, ids), reachOf(ctx)])
  return found.filter((customer) => sightOf(ctx, customer, reach) !== 'none')
}

type Shown = ReturnType<typeof shownTo>

interface Names {
  users: ReadonlyMap<string, { name: string; email: string; externalId?: string | undefined }>
  pools: ReadonlyMap<string, string>
  parents: ReadonlyMap<string, Customer>
}

const joined = (list: readonly string[] | null | undefined) => (list && list.length > 0 ? list.join('; ') : null)
const amount = (money: { amount: string } | null | undefined) => (money ? Number(money.amount) : null)

/** One object, filled field by field: copies of copies are what an export of many rows would spend its time on. */
function rowOf(customer: Shown, { users, pools, parents }: Names): Row {
  const [owner, parent] = [users.get(customer.ownerId ?? ''), parents.get(customer.parentCustomerId ?? '')]
  const row: Row = {
    ...{ aliases: joined(customer.aliases), phones: joined(customer.phones), tags: joined(customer.tags) },
    ...{ creditLimit: amount(customer.creditLimit), overdueLimit: amount(customer.overdueLimit) },
    ...{ 'owner.email': owner?.email ?? null, 'owner.name': owner?.name ?? null, 'owner.externalId': owner?.externalId ?? null },
    ...{ 'pool.name': customer.ownerId ? null : (pools.get(customer.poolId ?? '') ?? null) },
    ...{ 'parent.id': customer.parentCustomerId ?? null, 'parent.name': parent?.name ?? null },
    'parent.externalId': parent?.externalId ?? null,
    paymentTerms: customer.paymentTerms ? termsText(customer.paymentTerms) : null,
  }
  const put = (prefix: string, parts: object | null | undefined) => {
    for (const [name, value] of Object.entries(parts ?? {})) if (typeof value !== 'object') row[prefix + name] = value
  }
  put('', customer)
  put('address.', customer.addresses?.[0])
  put('billing.', customer.billing)
  return row
}

async function flatten(ctx: Context, records: object[]): Promise<Row[]> {
  const shown = records as Shown[]
  const [people, pools, parents] = await Promise.all([
    knownUsers(ctx),
    knownPools(ctx),
    customersInSight(
      ctx,
      shown.flatMap(({ parentCustomerId }) => parentCustomerId ?? []),
    ),
  ])
  const names = { users: new Map(people.map((user) => [user.id, user])), pools: new Map(pools.map(({ id, name }) => [id, name])), parents }
  return shown.map((customer) => rowOf(customer, names))
}

/** Customers in sheets. One that others have worked on since cannot be taken back. */
export const customerSheet: TransferKind<Customer> = {
  kind: customerKind,
  label: { en: 'Customers', 'zh-CN': '客户' },
  fields: customerSheetColumns,
  required: [['name']],
  matchers: {
    id: matchById(customers),
    externalId: matchByExternalId(customers),
    taxNumber: matchByGuard('customer-tax-number', ({ taxNumber }) => taxKey(String(taxNumber))),
    name: (ctx, values) => customersNamed(ctx, String(values.name)),
  },
  compose,
  apartBy: ['id', 'externalId', 'name'],
  selfLinks: ['parent.externalId', 'parent.name'],
  alike: { rows: (ctx) => alikeRows(ctx.tenant.currency, partyOf), shared: nameGuard },
  inUse: heldRecords,
  search: sheetSource('customers', readSeen),
  list: { spec: customerList, read: listCustomers },
  present: shownTo,
  flatten,
}
