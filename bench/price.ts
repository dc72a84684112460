import { handler as parties } from '../functions/http/parties/index.ts'
import { answerTo, type Cost } from './calls.ts'
import { type Findings, round, table } from './figures.ts'
import type { BenchTenant } from './fill.ts'
import { assumedFunction, million, price, runningMs, usdOfRunning } from './price-model.ts'

/** Of a million calls: 80 % read, 20 % write. */
const mix = [
  { name: 'get a customer, as rep', share: 0.6, events: 0 },
  { name: 'list 25 customers, as rep', share: 0.2, events: 0 },
  { name: 'change one field', share: 0.1, events: 1 },
  { name: 'create a customer', share: 0.1, events: 1 },
]

/** What is assumed of requests where nothing can be measured here; each stands in docs/figures.md. */
const assumed = {
  /** CPU of the authorizer, whose identities are kept for 30 s, and of the publisher for one event. */
  authorizerCpu: 0.3,
  publisherCpu: 1.5,
  /** The line of the gateway's access log with usual values, and what Lambda puts around a line of ours. */
  accessLogBytes: 262,
  logFrameBytes: 117,
  /** The gateway's own headers of an answer. */
  gatewayHeaderBytes: 150,
  /** The tenant's minute is leased in fiftieths of 6,000 requests, one write unit each. */
  leaseUnits: 1 / 120,
}

/** P15: USD per million calls, with units, bytes and CPU as measured. `cpu` is the mean of the handlers in milliseconds. */
export async function priceFindings(tenant: BenchTenant, costs: Map<string, Cost>, cpu: number): Promise<Findings> {
  const per = (of: (cost: Cost, part: (typeof mix)[number]) => number) =>
    mix.reduce((sum, part) => sum + part.share * of(costs.get(part.name)!, part), 0)
  const events = per((_, part) => part.events)
  const calls = per(({ spent }) => spent.calls)
  const duration = runningMs(cpu, calls)
  const beside = runningMs(assumed.authorizerCpu, 0) + events * runningMs(assumed.publisherCpu, 1)
  const logBytes = (await requestLogBytes(tenant)) + assumed.logFrameBytes + assumed.accessLogBytes
  const outBytes = per(({ sent, headers }) => sent + headers) + assumed.gatewayHeaderBytes
  const rru = per(({ spent }) => spent.readUnits)
  const wru = per(({ spent }) => spent.writeUnits) + assumed.leaseUnits
  const parts: [string, string, number][] = [
    ['HTTP API', '1 call', price.httpApi],
    ['Lambda request', '1', price.request],
    ['Lambda duration', `${round(duration, 1)} ms at 512 MB`, usdOfRunning(duration)],
    ['reads', `${round(rru, 3)} RRU`, rru * price.rru],
    ['writes', `${round(wru, 3)} WRU`, wru * price.wru],
    ['logs', `${Math.round(logBytes)} bytes`, (logBytes / 1e9) * million * price.logGb],
    ['bytes out', `${Math.round(outBytes)} bytes with gzip`, (outBytes / 1e9) * million * price.outGb],
    ['events', `${round(events, 2)}`, events * price.event],
  ]
  const total = parts.reduce((sum, [, , usd]) => sum + usd, 0)
  const unitsOf = (name: string) => costs.get(name)!.spent.writeUnits
  const [change, create] = [unitsOf('change one field'), unitsOf('create a customer')]
  const wereAllChanges = total - (create - change) * 0.1 * price.wru
  const withOthers = total + price.request * (1 + events) + usdOfRunning(beside)
  return {
    figures: [
      {
        id: 'P15',
        what: 'USD per million calls, 80 % reads',
        value: round(total).toFixed(2),
        target: '3.50',
        reach: '2.50',
        met: total <= 3.5,
        note: `Of ten calls six gets by id, two lists of 25, one change, one create. With the runs of the authorizer and the publisher, which the model leaves out: ${round(withOthers).toFixed(2)}.`,
        reason: `${Math.round((wru * price.wru * 100) / total)} % of it are writes: ${change} units for a change, ${create} for a create, which P5 allows. As long as one write in two is a create, P5 at its targets and this figure at its own exclude each other; were all writes changes, it would be ${round(wereAllChanges).toFixed(2)}.`,
      },
    ],
    counts: {},
    details: [
      `### USD per million calls\n\n${table(
        ['part', 'per call', 'USD'],
        parts.map(([name, per, usd]) => [name, per, round(usd, 3)]),
      )}\n\n${assumptions(cpu)}`,
    ],
  }
}

const assumptions = (cpu: number): string =>
  [
    `Assumed: ${assumedFunction.callMilliseconds} ms for a call of DynamoDB; CPU as measured here (${round(cpu)} ms in the handler) at the ${round(assumedFunction.processorShare)} of a processor that 512 MB get;`,
    `${assumed.authorizerCpu} ms of CPU in the authorizer and ${assumed.publisherCpu} ms in the publisher, which takes one event at a time (the dearest case);`,
    `${assumed.accessLogBytes} bytes of access log, ${assumed.logFrameBytes} bytes that Lambda puts around our line, ${assumed.gatewayHeaderBytes} bytes of the gateway's headers. KMS, backups and storage are apart.`,
  ].join('\n')

/** Bytes of the lines that a request writes into the function's log. */
async function requestLogBytes(tenant: BenchTenant): Promise<number> {
  const lines: object[] = []
  const { info } = console
  const { REQUEST_LOG } = process.env
  delete process.env.REQUEST_LOG
  console.info = (line: object) => lines.push(line)
  try {
    await answerTo(parties, tenant, tenant.reps[0]!, `/v1/customers/${tenant.customerIds[0]}`)
  } finally {
    console.info = info
    process.env.REQUEST_LOG = REQUEST_LOG
  }
  if (lines.length === 0) throw new Error('The request wrote no line into its log.')
  return lines.reduce((sum, line) => sum + Buffer.byteLength(JSON.stringify(line)), 0)
}
