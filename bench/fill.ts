import { actorOf } from '../domain/identity/index.ts'
import type { Role } from '../domain/identity/permissions.ts'
import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import { createUser } from '../domain/identity/user/change-user.ts'
import type { User } from '../domain/identity/user/user.ts'
import type { Context } from '../domain/kernel/context.ts'
import { addDays } from '../domain/kernel/dates.ts'
import { customers } from '../domain/parties/customer/customer.table.ts'
import type { Customer } from '../domain/parties/customer/customer.ts'
import { planned, untouched } from '../domain/parties/follow-up/plan-next-contact.ts'
import { outboxAction } from '../domain/store/outbox.ts'
import { newRecord } from '../domain/store/record.ts'
import type { Action } from '../domain/store/write.ts'
import { CustomerCreated } from '../events/parties.ts'
import { bareContext, tenantContext } from '../functions/runtime.ts'
import { batchWriter } from './batch-writer.ts'
import type { Progress } from './progress.ts'
import { type Random, seeded } from './random.ts'

/** A tenant with people and customers, as the parts of the bench use it. */
export interface BenchTenant {
  id: string
  size: number
  admin: User
  manager: User
  reps: User[]
  /** The newest customers of the first rep, at most 50. */
  customerIds: string[]
}

interface FillOptions {
  id: string
  customers: number
  reps: number
  /** Of each rep's newest customers so many are due on `dueOn`, the day before or the day after. */
  duePerRep: number
  dueOn: string
}

const seed = 20261121

/**
 * Makes a tenant with an admin, a manager of the first five reps, and the given numbers of reps and customers. Items are those the entity definition
 * and the outbox make for `commit`; they are put without their conditions, since nobody competes for them.
 */
export async function fillTenant(options: FillOptions, progress: Progress): Promise<BenchTenant> {
  const people = await makePeople(options.id, options.reps)
  const ctx = await tenantContext(options.id, actorOf(people.admin))
  const customerIds: string[] = []
  const write = batchWriter(ctx.db.table)
  const start = Date.parse('2024-01-01T00:00:00Z')
  for (let i = 0; i < options.customers; i++) {
    const rep = people.reps[i % options.reps]!
    const at = new Date(start + i * 60_000).toISOString()
    // Counted from the newest, so that the first pages of a small tenant and of a large one hold the same customers.
    const age = options.customers - 1 - i
    const dueOn = Math.floor(age / options.reps) < options.duePerRep ? options.dueOn : undefined
    const { customer, actions } = newCustomer({ ...ctx, now: () => at }, rep, seeded(seed + age), dueOn)
    if (rep === people.reps[0] && age < 50 * options.reps) customerIds.push(customer.id)
    await write.add(actions)
    if (i % 1000 === 0) progress(`${options.id}: ${i} of ${options.customers} customers`)
  }
  await write.end()
  return { id: options.id, size: options.customers, ...people, customerIds }
}

async function makePeople(id: string, repCount: number): Promise<Pick<BenchTenant, 'admin' | 'manager' | 'reps'>> {
  const { admin } = await createTenant(bareContext(id), {
    settings: { name: 'Bench Trading', timeZone: 'Asia/Shanghai' },
    admin: { name: 'Ada Admin', email: 'admin@bench.example', roles: ['admin'] },
  })
  const ctx = await tenantContext(id, actorOf(admin))
  const user = (role: Role, name: string, managerId?: string) =>
    createUser(ctx, { name, email: `${name}@bench.example`, roles: [role], ...(managerId ? { managerId } : {}) })
  const manager = await user('manager', 'manager')
  const reps: User[] = []
  for (let i = 0; i < repCount; i++) reps.push(await user('rep', `rep-${i}`, i < 5 ? manager.id : undefined))
  return { admin, manager, reps }
}

const cities = ['上海', '苏州', '杭州', '宁波', '深圳', '青岛', 'Hamburg', 'Rotterdam']
const trades = ['电子元件', '机械', '纺织', '化工', '包装', '五金']
const given = ['明辉', '华盛', '恒达', '金源', '东方', '新宇', '嘉禾', '瑞丰', '天成', '宏远']

/** A customer as a rep types it: name, phone, city, trade, level, tags; about 500 bytes. */
function newCustomer(ctx: Context, rep: User, random: Random, dueOn: string | undefined): { customer: Customer; actions: Action[] } {
  const base = newRecord(ctx, 'cus')
  const city = random.pick(cities)
  const name = `${city}${random.pick(given)}${random.pick(trades)}有限公司 ${100_000 + random.below(900_000)}`
  const customer = {
    ...base,
    name,
    shortName: name.slice(0, 6),
    phones: [`021-${String(random.below(100_000_000)).padStart(8, '0')}`],
    industry: random.pick(trades),
    level: random.pick(['key-major', 'key-secondary', 'ordinary', 'small'] as const),
    tags: ['展会'],
    addresses: [{ kind: 'office' as const, country: 'CN', city, line: `人民路 ${100 + random.below(900)} 号` }],
    ownerId: rep.id,
    ownedSince: base.createdAt,
  } as Customer
  const subject = { type: 'customer', id: customer.id, customerId: customer.id }
  const events = [CustomerCreated(subject, { ownerId: rep.id })]
  const plan = dueOn
    ? planned(ctx, untouched(customer), { dueOn: addDays(dueOn, 1 - random.below(3)), subject: '跟进报价', ownerId: rep.id })
    : untouched(customer)
  const writes = [customers.create(plan.customer), ...plan.writes]
  const actions = [
    ...writes.flatMap((write) => write.actions(ctx)),
    ...[...events, ...plan.events].map((event) => outboxAction(ctx, event)),
  ]
  return { customer, actions }
}
