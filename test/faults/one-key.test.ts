import { expect, test } from 'vitest'
import { queryAll } from '../../domain/store/query.ts'
import { financeAs, receivableOf } from '../support/finance.ts'
import { firmName } from '../support/firm-names.ts'
import { customerOf, partiesAs } from '../support/parties.ts'
import { lineOf, orderOf, salesAs } from '../support/sales.ts'
import { experiment, randomOf, seed, tries } from '../support/share.ts'
import { newTenant, type TestTenant } from '../support/tenant.ts'
import { overWire, type WireFault, wireOf } from '../support/wire.ts'

interface Asked {
  path: string
  body: object
  /** The news that there must be exactly one of. */
  news: string
}

/** What many send at once, made ready for it. */
const requests: ((tenant: TestTenant) => Promise<Asked>)[] = [
  async () => ({ path: '/v1/customers', body: { name: firmName() }, news: 'customer.created' }),
  async (tenant) => {
    const { id: customerId } = await customerOf(tenant, tenant.admin)
    return { path: '/v1/orders', body: { customerId, lines: [lineOf('3', '9.99')] }, news: 'order.created' }
  },
  async (tenant) => {
    const { id } = await orderOf(tenant, tenant.admin, (await customerOf(tenant, tenant.admin)).id)
    return { path: `/v1/orders/${id}/confirm`, body: {}, news: 'order.confirmed' }
  },
  async (tenant) => {
    const { id: customerId } = await customerOf(tenant, tenant.admin)
    const { id: receivableId } = await receivableOf(tenant, tenant.admin, customerId, 80)
    const amount = { amount: '80.00', currency: 'CNY' }
    const paid = { customerId, receivedOn: '2026-02-01', amount, method: 'bank', allocations: [{ receivableId, amount }] }
    return { path: '/v1/receipts', body: paid, news: 'receipt.recorded' }
  },
]

const rounds = tries({ test: 4, faults: 100, nightly: 1_000 })
const mostClients = tries({ test: 5, faults: 50, nightly: 50 })
const mostAsked = 40

test(
  experiment('R3', `one Idempotency-Key with 2 to ${mostClients} clients at once has one effect, and all are told the same`, rounds),
  async () => {
    const tenant = await newTenant({ currency: 'CNY' })
    const ctx = await tenant.as(tenant.admin)
    const callOf = ({ path }: Asked) =>
      (path.startsWith('/v1/orders') ? salesAs : path.startsWith('/v1/receipts') ? financeAs : partiesAs)(tenant, tenant.admin)
    const countOf = async (news: string) => (await queryAll(ctx, { index: 'gsi1', partition: ['EVT', news] })).length

    for (let round = 0; round < rounds; round++) {
      const random = randomOf(seed + round)
      const asked = await requests[round % requests.length]!(tenant)
      const clients = 2 + Math.floor(random() * (mostClients - 1))
      // One write of five meets another transaction.
      const conflicts = Array.from({ length: 500 }, (_, i): WireFault => ({ kind: 'conflict', at: i + 1, lasting: false }))
      const wire = wireOf(...conflicts.filter(() => random() < 0.2))
      const [call, before] = [callOf(asked), await countOf(asked.news)]
      const client = async () => {
        for (let nth = 1; ; nth++) {
          const { status, body } = await call(asked.path, { body: asked.body, headers: { 'idempotency-key': `round-${round}` } })
          if ((status < 500 && body.retryable !== true) || nth === mostAsked) return { status, body }
        }
      }
      let answers: Awaited<ReturnType<typeof client>>[] = []

      await overWire(wire, async () => {
        answers = await Promise.all(Array.from({ length: clients }, client))
      })

      const at = `${clients} clients, seed ${seed + round}: ${asked.path}`
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, at).toBe(1)
      expect(answers[0]!.status, at).toBeLessThan(300)
      expect((await countOf(asked.news)) - before, at).toBe(1)
    }
  },
)
