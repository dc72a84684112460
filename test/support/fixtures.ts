import { newId } from '../../domain/kernel/ids.ts'
import type { Route } from '../../functions/http/route.ts'
import { handler as mergeCustomers } from '../../functions/queues/parties/merge-customers.ts'
import { type Answer, type Call, operations } from './api.ts'
import { firmName, firmPhone } from './firm-names.ts'

/** Nouns by the prefix of their ids, and the other way round. */
export const nounOfPrefix: Record<string, string> = {
  cus: 'customers',
  mrg: 'merges',
  pol: 'pools',
  con: 'contacts',
  act: 'activities',
  fup: 'follow-ups',
  fil: 'files',
  viw: 'views',
  usr: 'users',
  hnd: 'handovers',
  key: 'api-keys',
  imp: 'imports',
  pro: 'products',
  cmp: 'campaigns',
  seg: 'segments',
  led: 'leads',
  lfm: 'lead-forms',
  mtp: 'message-templates',
  ord: 'orders',
  quo: 'quotes',
  shp: 'shipments',
  sup: 'suppressions',
  exp: 'exports',
  dtp: 'document-templates',
  dim: 'document-images',
  rcv: 'receivables',
  rct: 'receipts',
  crn: 'credit-notes',
  wof: 'write-offs',
}
export const prefixOfNoun: Record<string, string> = Object.fromEntries(Object.entries(nounOfPrefix).map(([prefix, noun]) => [noun, prefix]))

/** Makes something for a route the first time, and gives the same again: for tests that change nothing of it. */
export function once<T>(make: (route: Route) => Promise<T>): (route: Route) => Promise<T> {
  const made = new Map<Route, Promise<T>>()
  return (route) => {
    const known = made.get(route) ?? make(route)
    made.set(route, known)
    return known
  }
}

const exampleId = /\b([a-z]{3})_01JD8ZQ4T5M6N7P8Q9R0S1T2V3\b/
let count = 0

/** A few records share the customer they are of: making one for each takes longer than everything that is tested with it. */
const recordsOfOne = 8
const shared = new WeakMap<Call, { id: Promise<string>; uses: number }>()

function someCustomer(call: Call): Promise<string> {
  const known = shared.get(call)
  if (known && known.uses < recordsOfOne) {
    known.uses += 1
    return known.id
  }
  const id = createFixture(call, 'customers').then((customer) => customer.id)
  shared.set(call, { id, uses: 1 })
  return id
}

/** Examples say `cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3` where an id belongs: a record made for it takes its place. */
async function withRealIds(call: Call, value: unknown): Promise<unknown> {
  if (typeof value === 'string') {
    const prefix = exampleId.exec(value)?.[1]
    if (prefix === 'cus') return someCustomer(call)
    return prefix ? (await createFixture(call, nounOfPrefix[prefix]!)).id : value
  }
  if (Array.isArray(value)) return Promise.all(value.map((inner) => withRealIds(call, inner)))
  if (typeof value !== 'object' || value === null) return value
  // One that is merged away cannot be that of others too.
  const realOf = async (key: string, inner: unknown) =>
    key === 'duplicateId' ? (await createFixture(call, 'customers')).id : withRealIds(call, inner)
  const entries = await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await realOf(key, inner)] as const))
  return Object.fromEntries(entries)
}

/** Long: hundreds of fixtures of one street, of three names each, are among themselves in one firm. */
const unlikeName = () => `${firmName()}${firmName()}`

/** What a customer is found by, so that none of the fixtures is taken for another one. */
const ofAnotherFirm = (body: Record<string, unknown>): Record<string, unknown> => ({
  ...(body.name ? { name: unlikeName() } : {}),
  ...(body.shortName ? { shortName: unlikeName() } : {}),
  ...(body.aliases ? { aliases: [unlikeName()] } : {}),
  ...(body.phones ? { phones: [firmPhone()] } : {}),
})

/** Values that a tenant has once, made different in each fixture. */
function unique(route: Route, body: Record<string, unknown>): Record<string, unknown> {
  count += 1
  if (nounOf(route) === 'customers') return { ...body, ...ofAnotherFirm(body) }
  const firm = nounOf(route) === 'leads' && body.company ? { company: unlikeName(), phone: firmPhone() } : {}
  const email = typeof body.email === 'string' ? { email: `n${count}-${body.email}` } : {}
  const name = typeof body.name === 'string' && !body.on ? { name: `${body.name} ${count}` } : {}
  const fileName = typeof body.fileName === 'string' ? { fileName: `${count}-${body.fileName}` } : {}
  const sku = typeof body.sku === 'string' ? { sku: `${body.sku}-${count}` } : {}
  return { ...body, ...firm, ...email, ...name, ...fileName, ...sku }
}

/** The example body of an operation with ids of records that there are; undefined when it takes none. */
export async function bodyFor(call: Call, route: Route): Promise<Record<string, unknown> | undefined> {
  if (!route.body) return undefined
  return unique(route, await settlingOwn(call, (await withRealIds(call, route.example?.body ?? {})) as Record<string, unknown>))
}

/** What settles receivables of a customer names those of that one. */
async function settlingOwn(call: Call, body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { customerId, allocations } = body
  if (!customerId || !Array.isArray(allocations)) return body
  const own = await Promise.all(
    allocations.map(async (one: object) => ({ ...one, receivableId: (await createFixture(call, 'receivables', { customerId })).id })),
  )
  return { ...body, allocations: own }
}

/** What a record must be for an action besides what the example of its POST makes of it. */
const readyFor: Record<string, Record<string, unknown>> = {
  '/v1/customers/{id}/claim': { ownerId: null },
  '/v1/receipts/{id}/identify': { customerId: null },
  '/v1/receipts/{id}/dishonour': {
    method: 'bank-acceptance',
    bill: { billNo: '1308', acceptor: '招商银行', dueOn: '2199-01-01' },
  },
}

/** What a campaign needs to be launched: a firm that may send, and a segment with somebody in it. */
async function launchable(call: Call): Promise<Record<string, unknown>> {
  const sender = { name: 'Harbour', email: 'news@harbour.example' }
  await call('/v1/tenant', { method: 'PATCH', body: { sender, postalAddress: '1 Harbour Road' } })
  const contact = await createFixture(call, 'contacts')
  const segment = await createFixture(call, 'segments', { includeContactIds: [contact.id] })
  return { segmentId: segment.id }
}
const launched = new Set(['launch', 'pause', 'resume'].map((action) => `/v1/campaigns/{id}/${action}`))

/** A merge that was carried out: there is no POST of its noun. */
async function doneMerge(call: Call): Promise<{ id: string; version: number }> {
  const [survivor, duplicate] = [await createFixture(call, 'customers'), await createFixture(call, 'customers')]
  const merge: Answer = await call(`/v1/customers/${survivor.id}/merge`, { method: 'POST', body: { duplicateId: duplicate.id } })
  const { body: tenant }: Answer = await call('/v1/tenant', { method: 'GET' })
  const message = { messageId: '1', body: JSON.stringify({ tenantId: tenant.id, mergeId: merge.body.id }) }
  await mergeCustomers({ Records: [message] } as never)
  return (await call(`/v1/merges/${merge.body.id}`, { method: 'GET' })).body
}

/** Nouns that have no POST of their own: an action on another record begins them. */
const begunBy: Record<string, string> = { handovers: '/v1/users/{id}/handover' }

/** Creates a record of a noun by its own POST, with its example. */
export async function createFixture(
  call: Call,
  noun: string,
  more: Record<string, unknown> = {},
): Promise<{ id: string; version: number; customerId?: string }> {
  if (noun === 'merges') return doneMerge(call)
  const create = operations.find((route) => route.method === 'POST' && route.path === (begunBy[noun] ?? `/v1/${noun}`))
  if (!create) throw new Error(`No fixture: there is no POST /v1/${noun}.`)
  const answer: Answer = await call(await pathFor(call, create), { method: 'POST', body: { ...(await bodyFor(call, create)), ...more } })
  if (answer.status !== create.status)
    throw new Error(`The example of POST /v1/${noun} is answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** What is done with a record before an action on it is possible. */
const stepsBefore: Record<string, string[]> = {
  '/v1/orders/{id}/amend': ['confirm'],
  '/v1/receipts/{id}/unallocate': ['allocate'],
  '/v1/credit-notes/{id}/unallocate': ['allocate'],
  '/v1/shipments/{id}/sign-off': ['dispatch'],
  '/v1/shipments/{id}/send': ['dispatch'],
  '/v1/shipments/{id}/return': ['dispatch'],
  '/v1/orders/{id}/close': ['confirm'],
  '/v1/orders/{id}/send': ['confirm'],
  '/v1/quotes/{id}/accept': ['send'],
  '/v1/quotes/{id}/reject': ['send'],
  '/v1/quotes/{id}/revise': ['send'],
  '/v1/leads/{id}/reopen': ['disqualify'],
  '/v1/campaigns/{id}/pause': ['launch'],
  '/v1/campaigns/{id}/resume': ['launch', 'pause'],
  '/v1/quotes/{id}/order': ['send', 'accept'],
  '/v1/imports/{id}/cancel': ['start'],
  '/v1/imports/{id}/resume': ['start'],
  '/v1/imports/{id}/revert': ['start', 'cancel'],
}

/** Actions that want something owed by the customer of what settles it. */
const settles = /\/(un)?allocate$/

export const nounOf = (route: Route) => route.path.split('/')[2]!
const fill = (path: string, id: string) => path.replace(/\{[^}]+\}/g, id)

/** The path of an operation on a record made for it. */
export async function pathFor(call: Call, route: Route): Promise<string> {
  if (!route.path.includes('{')) return route.path
  const { id, customerId } = await createFixture(
    call,
    nounOf(route),
    launched.has(route.path) ? await launchable(call) : readyFor[route.path],
  )
  if (settles.test(route.path)) await createFixture(call, 'receivables', { customerId })
  for (const step of stepsBefore[route.path] ?? []) {
    const before = operations.find(({ path }) => path === `/v1/${nounOf(route)}/{id}/${step}`)!
    await call(fill(before.path, id), { method: 'POST', body: await bodyFor(call, before) })
  }
  return fill(route.path, id)
}

/** The path of an operation on a record that does not exist. */
export const pathToNothing = (route: Route): string =>
  fill(route.path, newId(prefixOfNoun[nounOf(route)] ?? 'cus', new Date().toISOString()))

/** What a list wants before it answers at all, e.g. whose files. */
export async function queryFor(call: Call, route: Route): Promise<string> {
  if (route.method === 'GET' && route.path === '/v1/delivery-notes') return `?ids=${(await createFixture(call, 'shipments')).id}`
  return route.path === '/v1/files' && route.method === 'GET' ? `?filter[customerId]=${(await createFixture(call, 'customers')).id}` : ''
}
