import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { User } from '../domain/identity/user/user.ts'
import { measure, type Spent } from '../domain/store/capacity.ts'
import { type HttpContext, httpContexts } from '../functions/manifest.ts'
import { answerTo } from './calls.ts'
import { type Findings, round, table } from './figures.ts'
import type { BenchTenant } from './fill.ts'

interface ListRoute {
  path: string
  list: { filters: Record<string, readonly string[]>; sorts: readonly string[] }
}

type Answer = Awaited<ReturnType<typeof answerTo>>

interface Read {
  target: string
  who: string
  calls: number
  units: number
  read: number
  returned: number
}

const root = join(import.meta.dirname, '..')
const limit = 25

/** P8: every list of the API, by everybody who sees it differently, with each of its filters: items read for each one answered. */
export async function listFindings(tenant: BenchTenant): Promise<Findings> {
  const reads: Read[] = []
  const commands = new Set<string>()
  for (const context of httpContexts.filter(({ nouns }) => nouns.length > 0)) {
    const handler = await moduleOf(context, 'index.ts').then((module) => module.handler)
    const routes = Object.values(await moduleOf(context, 'routes.ts')).flat() as Partial<ListRoute>[]
    for (const route of routes.filter((route): route is ListRoute => route.list !== undefined && route.path !== undefined))
      for (const target of await targetsToAsk(tenant, handler, route))
        for (const [who, user] of viewers(tenant)) {
          const { result, spent } = await warmRead(() => measure(() => answerTo(handler, tenant, user, target)))
          for (const name of Object.keys(spent.byCommand)) commands.add(name)
          if (result.status !== 200) continue
          reads.push({
            target,
            who,
            calls: spent.calls,
            units: spent.readUnits,
            read: spent.itemsRead,
            returned: result.body().data.length,
          })
        }
  }
  return findings(tenant, reads, [...commands].filter((name) => /Scan|Statement/.test(name)).length + scansInCode().length)
}

/**
 * What a list reads by itself. Settings and people that are read again after 30 seconds are none of it: where more was read than a
 * row for each one answered, and one to see whether there is a next page, it is asked again, and the cheaper one counts.
 */
async function warmRead<R extends { result: Answer; spent: Spent }>(ask: () => Promise<R>): Promise<R> {
  const first = await ask()
  const returned = first.result.status === 200 ? first.result.body().data.length : 0
  if (first.spent.itemsRead <= returned + (returned === limit ? 1 : 0)) return first
  const second = await ask()
  return second.spent.itemsRead < first.spent.itemsRead ? second : first
}

function findings(tenant: BenchTenant, reads: Read[], scans: number): Findings {
  const answered = reads.filter(({ returned }) => returned > 0)
  const ratio = (read: Read) => read.read / read.returned
  const worst = [...answered].sort((a, b) => ratio(b) - ratio(a))
  const share =
    answered.reduce((sum, { read }) => sum + read, 0) /
    Math.max(
      1,
      answered.reduce((sum, { returned }) => sum + returned, 0),
    )
  const rows = worst
    .slice(0, 15)
    .map((read) => [`\`${read.target}\` as ${read.who}`, read.calls, read.units, read.read, read.returned, round(ratio(read))])
  return {
    figures: [
      {
        id: 'P8',
        what: `Scans; items read for each item returned by a list, worst / all together, of ${answered.length} lists at ${tenant.size.toLocaleString('en')} customers`,
        value: `${scans}; ${round(ratio(worst[0]!))} / ${round(share)}`,
        target: '0; 2.0',
        reach: '0; 1.0',
        met: scans === 0 && worst.every((read) => ratio(read) <= 2),
        note: `The most is read by \`${worst[0]!.target}\` as ${worst[0]!.who}.`,
        reason: `A list of follow-ups or activities reads each row's customer too, by which the row is in sight or not, so that two items are read for each row; a team's list is merged from those of its people and reads a little of each ahead.`,
      },
    ],
    counts: {
      [`${tenant.size}: scans`]: scans,
      [`${tenant.size}: items read for 100 returned`]: Math.round(share * 100),
    },
    details: [
      `### Lists that read most for what they return, at ${tenant.size.toLocaleString('en')} customers\n\n${table(['list', 'calls', 'RRU', 'read', 'returned', 'read / returned'], rows)}`,
    ],
  }
}

const moduleOf = (context: HttpContext, file: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(root, context.entry, '..', file)).href)

const viewers = (tenant: BenchTenant): [string, User][] => [
  ['rep', tenant.reps[0]!],
  ['manager', tenant.manager],
  ['admin', tenant.admin],
]

/** What is asked of a list: where nobody sees a record no filter finds one, so there it is asked without. */
async function targetsToAsk(tenant: BenchTenant, handler: unknown, route: ListRoute): Promise<string[]> {
  const targets = targetsOf(tenant, route)
  const answers = await Promise.all(viewers(tenant).map(([, user]) => answerTo(handler, tenant, user, targets[0]!)))
  const isEmpty = answers.every(({ status, body }) => status === 200 && body().data.length === 0)
  return isEmpty ? targets.slice(0, 1) : targets
}

/** The list without and with each single filter, in each order. */
function targetsOf(tenant: BenchTenant, { path, list }: ListRoute): string[] {
  const base = path.replace(/\{\w+\}/, tenant.customerIds[0]!)
  const sorts = list.sorts.map((sort) => `${base}?limit=${limit}&sort=${sort}`)
  const filters = Object.entries(list.filters).flatMap(([field, operators]) =>
    operators.map((operator) => `${base}?limit=${limit}&filter[${field}][${operator}]=${filterValue(tenant, field, operator)}`),
  )
  return [...sorts, ...filters]
}

function filterValue(tenant: BenchTenant, field: string, operator: string): string {
  const [low, high] = /At$/.test(field) ? ['2024-01-01T00:00:00Z', '2027-01-01T00:00:00Z'] : ['2024-01-01', '2027-01-01']
  if (operator === 'isNull') return 'true'
  if (operator === 'between') return `${low},${high}`
  if (operator === 'lt' || operator === 'lte') return high
  if (operator === 'gt' || operator === 'gte') return low
  const known: Record<string, string> = {
    ownerId: tenant.reps[0]!.id,
    actorId: tenant.reps[0]!.id,
    createdBy: tenant.reps[0]!.id,
    customerId: tenant.customerIds[0]!,
    status: 'open',
    email: tenant.reps[0]!.email,
    name: 'customer.created',
    type: 'customer.created',
    subject: tenant.customerIds[0]!,
    subjectId: tenant.customerIds[0]!,
  }
  return known[field] ?? 'x'
}

/** Places in production code that name a Scan or PartiQL. */
export function scansInCode(): string[] {
  const sources = ['domain', 'functions', 'events'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(root, folder, file)),
  )
  return sources.filter((file) =>
    /\b(Scan|ExecuteStatement|BatchExecuteStatement|ExecuteTransaction)Command\b/.test(readFileSync(file, 'utf8')),
  )
}
