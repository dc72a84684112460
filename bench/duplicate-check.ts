import { actorOf } from '../domain/identity/index.ts'
import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import { createUser } from '../domain/identity/user/change-user.ts'
import { partitionOf } from '../domain/kernel/ids.ts'
import { customers } from '../domain/parties/customer/customer.table.ts'
import type { Customer } from '../domain/parties/customer/customer.ts'
import { factsOf } from '../domain/parties/duplicate/party-facts.ts'
import { keysToKeep, keysToRead, type ReadEntry, storedKey } from '../domain/parties/duplicate/party-keys.ts'
import { measure } from '../domain/store/capacity.ts'
import { itemKey } from '../domain/store/entity-definition.ts'
import { newRecord } from '../domain/store/record.ts'
import type { Action } from '../domain/store/write.ts'
import { handler as parties } from '../functions/http/parties/index.ts'
import { bareContext, tenantContext } from '../functions/runtime.ts'
import { batchWriter } from './batch-writer.ts'
import { answerTo } from './calls.ts'
import { inventedFirms } from './duplicates/invented-firms.ts'
import { type Findings, median, round, table } from './figures.ts'
import type { BenchTenant } from './fill.ts'
import type { Progress } from './progress.ts'
import { seeded } from './random.ts'

const seed = 20261121
const askedOfEach = 60
const warmUp = 10

/** What a customer is found by: its own item and its entries. What else a create writes is not read by a check. */
const isRead = (key: { pk: string; sk: string }) => (action: Action) =>
  action.entry !== undefined || (action.pk === key.pk && action.sk === key.sk)

const phoneOf = (i: number) => `021-${50_000_000 + i}`

/** A tenant of its own with invented firms, each kept under the keys that the product would choose, one after the other. */
async function fillFirms(size: number, progress: Progress): Promise<{ tenant: BenchTenant; names: string[] }> {
  const id = `bench-duplicates-${size}`
  const { admin } = await createTenant(bareContext(id), {
    settings: { name: 'Bench Trading', timeZone: 'Asia/Shanghai' },
    admin: { name: 'Ada Admin', email: 'admin@bench.example', roles: ['admin'] },
  })
  const ctx = await tenantContext(id, actorOf(admin))
  const rep = await createUser(ctx, { name: 'rep', email: 'rep@bench.example', roles: ['rep'] })
  const names = inventedFirms(size, seed)
  const entries = new Map<string, ReadEntry>()
  const write = batchWriter(ctx.db.table)
  for (const [i, name] of names.entries()) {
    const base = newRecord(ctx, 'cus')
    const party = { ...base, name, phones: [phoneOf(i)], ownerId: rep.id, ownedSince: base.createdAt } as Customer
    const facts = await factsOf(party, ctx.tenant.currency)
    const attribute = partitionOf(party.id)
    const read = new Map(keysToRead(facts).map((key) => [key, entries.get(key) ?? { attributes: {}, changes: 0 }]))
    const foundBy = keysToKeep(facts, attribute, read)
    for (const key of foundBy) {
      const entry = entries.get(key) ?? { attributes: {}, changes: 0 }
      entry.attributes[attribute] = facts.names[0]!.join(' ')
      entries.set(key, entry)
    }
    const actions = customers.create({ ...party, foundBy: foundBy.map((key) => storedKey(ctx, key)) }).actions(ctx)
    await write.add(actions.filter(isRead(itemKey(ctx, customers.key(party.id)))))
    if (i % 5000 === 0) progress(`${id}: ${i} of ${size} firms`)
  }
  await write.end()
  return { tenant: { id, size, admin, manager: admin, reps: [rep], customerIds: [] }, names }
}

const kinds: Record<string, (name: string, phone: string) => object> = {
  'the name alone': (name) => ({ name }),
  'a short form': (name) => ({ name: name.slice(2, 6) }),
  'name, telephone, e-mail, city': (name, phone) => ({
    name,
    phones: [phone],
    email: 'info@hengtai.cn',
    addresses: [{ kind: 'office', city: '上海' }],
  }),
}

interface Checked {
  kind: string
  calls: number
  units: number
  cpu: number
}

async function checked(tenant: BenchTenant, names: string[], kind: string): Promise<Checked> {
  const random = seeded(seed)
  const cpus: number[] = []
  let [calls, units] = [0, 0]
  for (let i = 0; i < warmUp + askedOfEach; i++) {
    const at = random.below(names.length)
    const body = kinds[kind]!(names[at]!, phoneOf(at))
    const before = process.cpuUsage()
    const { result, spent } = await measure(() =>
      answerTo(parties, tenant, tenant.admin, '/v1/customers/check-duplicates', { method: 'POST', body }),
    )
    const { user, system } = process.cpuUsage(before)
    if (result.status !== 200) throw new Error(`The check was answered ${result.status}: ${result.plain}`)
    if (i < warmUp) continue
    cpus.push((user + system) / 1000)
    ;[calls, units] = [Math.max(calls, spent.calls), Math.max(units, spent.readUnits)]
  }
  return { kind, calls, units, cpu: median(cpus) }
}

/** P10: a duplicate check by the handler, against so many customers; the most of calls and units, the median of CPU. */
export async function duplicateCheckFindings(size: number, progress: Progress): Promise<Findings> {
  const { tenant, names } = await fillFirms(size, progress)
  const all: Checked[] = []
  for (const kind of Object.keys(kinds)) all.push(await checked(tenant, names, kind))
  const most = (of: (one: Checked) => number) => Math.max(...all.map(of))
  const [calls, units, cpu] = [most((one) => one.calls), most((one) => one.units), most((one) => one.cpu)]
  const shown = size.toLocaleString('en')
  const rows = all.map((one) => [one.kind, one.calls, one.units, round(one.cpu)])
  return {
    figures: [
      {
        id: 'P10',
        what: `duplicate check against ${shown} customers: calls / RRU / CPU ms, the dearest of ${all.length} kinds`,
        value: `${calls} / ${units} / ${round(cpu)}`,
        target: '4 / 20 / 20',
        reach: '2 / 8 / 5',
        met: calls <= 4 && units <= 20 && cpu <= 20,
      },
    ],
    counts: { [`duplicate check at ${size}: calls`]: calls, [`duplicate check at ${size}: read units`]: units },
    details: [`### Duplicate check at ${shown} customers\n\n${table(['asked by', 'calls', 'RRU at most', 'CPU ms'], rows)}`],
  }
}
