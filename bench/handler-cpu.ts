/**
 * The process in which the handlers' CPU is measured (P12): it runs nothing but handlers, the engine runs in another one.
 * Started by cpu.ts, which gives it the tenant and gets the CPU of each request.
 */
import type { HttpEvent, HttpResult } from '../functions/http/api.ts'
import { handler } from '../functions/http/parties/index.ts'
import { httpEvent } from '../test/support/call.ts'
import { firmName, firmPhone } from '../test/support/firm-names.ts'
import type { BenchTenant } from './fill.ts'
import { seeded } from './random.ts'

export interface CpuOrder {
  tenant: BenchTenant
  warmUp: number
  requests: number
}

/** Milliseconds of CPU of one request. */
export interface CpuSample {
  kind: Kind
  cpu: number
}

type Kind = 'get' | 'list' | 'change' | 'create'

/** Of ten requests: six gets by id, two list pages of 25, one change, one create. */
const mix: Kind[] = ['get', 'get', 'get', 'list', 'get', 'change', 'get', 'get', 'list', 'create']
const random = seeded(12)
const levels = ['ordinary', 'small', 'key-major', 'key-secondary'] as const

process.once('message', async (order: CpuOrder) => {
  const samples: CpuSample[] = []
  for (let i = 0; i < order.warmUp + order.requests; i++) {
    const kind = mix[i % mix.length]!
    const event = eventOf(order.tenant, kind, i)
    const before = process.cpuUsage()
    const answer = await (handler as (event: HttpEvent, context: object) => Promise<HttpResult>)(event, {})
    const { user, system } = process.cpuUsage(before)
    if ((answer?.statusCode ?? 500) >= 400) throw new Error(`${kind} answered ${answer?.statusCode}: ${answer?.body}`)
    if (i >= order.warmUp) samples.push({ kind, cpu: (user + system) / 1000 })
  }
  process.send!(samples, () => process.disconnect())
})

function eventOf(tenant: BenchTenant, kind: Kind, i: number) {
  const rep = tenant.reps[0]!
  const one = `/v1/customers/${random.pick(tenant.customerIds)}`
  if (kind === 'get') return httpEvent(tenant.id, rep, one)
  if (kind === 'list') return httpEvent(tenant.id, rep, '/v1/customers?limit=25')
  if (kind === 'change')
    return httpEvent(tenant.id, rep, one, { method: 'PATCH', body: { level: random.pick(levels), poor: i % 20 === 5 } })
  return httpEvent(tenant.id, rep, '/v1/customers', {
    body: { name: firmName(), phones: [firmPhone()], tags: ['展会'], level: 'small' },
  })
}
