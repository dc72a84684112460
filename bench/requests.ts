import { createHash } from 'node:crypto'
import type { User } from '../domain/identity/user/user.ts'
import { handler as parties } from '../functions/http/parties/index.ts'
import { type Cost, costOf, type Request } from './calls.ts'
import { inventedFirms } from './duplicates/invented-firms.ts'
import { type Figure, type Findings, round, table } from './figures.ts'
import type { BenchTenant } from './fill.ts'

/**
 * A customer as a rep types it, with an externalId (a guard) and one name; its body is just under 1 KB. Each is another firm, or
 * the duplicate check would stop it.
 */
const newCustomer = (externalId: string) => ({
  externalId,
  ...anotherFirm(externalId),
  website: 'https://minghui.example',
  industry: '电子元件',
  source: '展会',
  level: 'key-secondary',
  tags: ['展会', '华东'],
  addresses: [
    { kind: 'office', country: 'CN', province: '上海市', city: '上海', district: '浦东新区', line: '张江路 88 号', postalCode: '201203' },
  ],
  billing: { title: '上海明辉贸易有限公司', taxNumber: '91310000MA1FL00000', bank: '招商银行上海分行', account: '1219 0000 0000 000' },
  notes: '采购负责人每周一开会；报价需含税，账期三十天，送货前一天电话联系。'.repeat(2),
})

function anotherFirm(externalId: string) {
  const seed = createHash('sha256').update(externalId).digest().readUInt32BE()
  const [name] = inventedFirms(1, seed)
  return { name: `${name}`, phones: [`021-${50_000_000 + (seed % 20_000_000)}`], email: `${externalId}@qq.com` }
}

/** The requests whose calls and units are held, by name. Run-once names keep what they create apart from other runs. */
export async function requestCosts(tenant: BenchTenant, run: string): Promise<Map<string, Cost>> {
  const rep = tenant.reps[0]!
  const id = tenant.customerIds[0]!
  const one = `/v1/customers/${id}`
  const levels = ['ordinary', 'small', 'key-major']
  const patch = (attempt: number) => ({ method: 'PATCH', body: { level: levels[attempt] } })
  const create = (more: object, name: string) => (attempt: number) => ({ body: { ...newCustomer(`${name}-${run}-${attempt}`), ...more } })
  const withKey = (make: (attempt: number) => Request, name: string) => (attempt: number) => ({
    ...make(attempt),
    headers: { 'idempotency-key': `${name}-${run}-${attempt}` },
  })
  const costs = new Map<string, Cost>()
  const count = async (name: string, user: User, target: string, make: (attempt: number) => Request = () => ({})) =>
    costs.set(name, await costOf(parties, tenant, user, target, make))
  await count('get a customer, as rep', rep, one)
  await count('get a customer, as manager', tenant.manager, one)
  await count('a customer at a glance', rep, `${one}/summary`)
  await count('list 25 customers, as rep', rep, '/v1/customers?limit=25')
  await count('list 25 customers, as manager of 5', tenant.manager, '/v1/customers?limit=25')
  await count('list 25 customers, as admin', tenant.admin, '/v1/customers?limit=25')
  await count('change one field', rep, one, patch)
  await count('change one field, with Idempotency-Key', rep, one, withKey(patch, 'patch'))
  await count('create a customer', rep, '/v1/customers', create({}, 'plain'))
  await count('create a customer, with Idempotency-Key', rep, '/v1/customers', withKey(create({}, 'keyed'), 'create'))
  await count('create a customer and plan its next contact', rep, '/v1/customers', create({ nextContactOn: '2027-01-15' }, 'planned'))
  return costs
}

/** P3 to P5 of one tenant size, and the exact counts behind them. */
export function requestFindings(tenant: BenchTenant, costs: Map<string, Cost>): Findings {
  const of = (name: string) => costs.get(name)!
  const get = of('get a customer, as rep').spent
  const list = of('list 25 customers, as rep')
  const update = of('change one field').spent
  const create = of('create a customer').spent
  const at = `at ${tenant.size.toLocaleString('en')} customers`
  const figures: Figure[] = [
    {
      id: 'P3',
      what: `AWS calls / RRU of a warm GET by id, ${at}`,
      value: `${get.calls} / ${get.readUnits}`,
      target: '1 / 0.5',
      reach: '',
      met: get.calls <= 1 && get.readUnits <= 0.5,
    },
    {
      id: 'P4',
      what: `RRU / KiB sent of a list page of 25, ${at}`,
      value: `${list.spent.readUnits} / ${kib(list.sent)} (${kib(list.plain)} to a client without gzip)`,
      target: '3 / 16',
      reach: '1.5 / 8',
      met: list.spent.readUnits <= 3 && list.sent <= 16 * 1024,
    },
    {
      id: 'P5',
      what: `WRU of a simple update / of a customer create (guards, outbox, body of 1 KB; the entries of its name, at most 12, included), ${at}`,
      value: `${update.writeUnits} / ${create.writeUnits}`,
      target: '10 / 24 + 12',
      reach: '7 / 20 + 12',
      met: update.writeUnits <= 10 && create.writeUnits <= 24 + 12,
    },
  ]
  const rows = [...costs].map(([name, { spent, sent, plain }]) => [
    name,
    spent.calls,
    round(spent.readUnits),
    round(spent.writeUnits),
    spent.itemsRead,
    plain,
    sent,
  ])
  const details = [`### Requests ${at}\n\n${table(['request', 'calls', 'RRU', 'WRU', 'items read', 'bytes', 'bytes with gzip'], rows)}`]
  return { figures, counts: countsOf(tenant, costs), details }
}

function countsOf(tenant: BenchTenant, costs: Map<string, Cost>): Record<string, number> {
  const named = [...costs].flatMap(([name, { spent, plain }]) => [
    [`${tenant.size}: ${name}: calls`, spent.calls],
    [`${tenant.size}: ${name}: read units`, spent.readUnits],
    [`${tenant.size}: ${name}: write units`, spent.writeUnits],
    [`${tenant.size}: ${name}: bytes`, plain],
  ])
  return Object.fromEntries(named)
}

/** P7: what the same requests cost more in the larger tenant. */
export function growth(small: Map<string, Cost>, large: Map<string, Cost>): Figure {
  const grown = [...small].flatMap(([name, { spent }]) => {
    const more = large.get(name)!.spent
    return (['calls', 'readUnits', 'writeUnits'] as const).map((unit) => ({ name, unit, by: round(more[unit] - spent[unit]) }))
  })
  const worst = grown.filter(({ by }) => by > 0)
  return {
    id: 'P7',
    what: 'growth of P3 to P5 from the smaller to the larger tenant, in calls, RRU and WRU',
    value: worst.length === 0 ? '0' : worst.map(({ name, unit, by }) => `${name}: ${unit} +${by}`).join('; '),
    target: '0',
    reach: '',
    met: worst.length === 0,
  }
}

const kib = (bytes: number): string => (bytes / 1024).toFixed(1)
