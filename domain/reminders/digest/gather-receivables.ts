import { customersOfBooks, type DueReceivable, promisesOf, receivablesDueOf, receivablesDueOfAll } from '../../finance/index.ts'
import { actorOf, allowed, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { anyIdIn, partitionOf } from '../../kernel/ids.ts'
import { type Customer, survivors } from '../../parties/index.ts'
import { linkTo } from '../follow-up-page/link.ts'
import type { DigestLine, DigestSection } from './digest.ts'
import { type OwedLine, type OwedSection, receivableSections, sumOf } from './receivable-sections.ts'
import { caresForAll, lastDayOwed, othersOf } from './whose-debtors.ts'

const mostLines = 20

async function dueFor(
  ctx: Context,
  users: readonly User[],
  reader: User,
  day: string,
): Promise<[own: DueReceivable[], team: DueReceivable[]]> {
  const through = lastDayOwed(day)
  if (caresForAll(reader)) return [await receivablesDueOfAll(ctx, day, through), []]
  const [own, ...team] = await Promise.all([
    receivablesDueOf(ctx, reader.id, through),
    ...othersOf(users, reader).map((ownerId) => receivablesDueOf(ctx, ownerId, addDays(day, -1))),
  ])
  return [own, team.flat()]
}

/** What a customer that was merged away owes is owed by the one it was merged into. */
async function withSurvivors(ctx: Context, due: DueReceivable[]): Promise<DueReceivable[]> {
  if (due.length === 0) return due
  const survivorOf = await survivors(ctx)
  return due.map((one) => {
    const survivor = survivorOf(one.partition)
    return survivor ? { ...one, partition: partitionOf(survivor) } : one
  })
}

/** The first lines whose customer the reader sees; more are read only where some are out of sight. */
async function seenLines(ctx: Context, { lines }: OwedSection): Promise<{ seen: [OwedLine, Customer][]; left: number }> {
  const seen: [OwedLine, Customer][] = []
  let at = 0
  while (at < lines.length && seen.length < mostLines) {
    const some = lines.slice(at, at + mostLines - seen.length)
    at += some.length
    const found = await customersOfBooks(
      ctx,
      some.map(({ partition }) => anyIdIn(partition)),
    )
    for (const line of some) {
      const customer = found.get(anyIdIn(line.partition))
      if (customer) seen.push([line, customer])
    }
  }
  return { seen, left: lines.length - at }
}

/** What was promised last for what a line tells of. */
function promised(line: OwedLine, promises: Awaited<ReturnType<typeof promisesOf>>) {
  const days = line.ids.flatMap((id) => promises.get(id)?.on ?? []).sort()
  return days.length > 0 ? { promisedOn: days.at(-1)! } : {}
}

function lineOf(ctx: Context, reader: User, names: Map<string, string>, customer: Customer, line: OwedLine, promise: object): DigestLine {
  // Who keeps the books is told of customers in the pool too, but not how to reach them.
  const isHidden = !customer.ownerId && !allowed(actorOf(reader), 'customers.assign')
  const phone = isHidden ? undefined : (customer.phones?.[0] ?? customer.addresses?.find((address) => address.phone)?.phone)
  const ownerName = !customer.ownerId || customer.ownerId === reader.id ? undefined : names.get(customer.ownerId)
  const { total, count, byBucket, dueOn, daysLate } = line
  return {
    customerId: customer.id,
    customerName: customer.name,
    subject: '',
    dueOn,
    daysLate,
    owed: { total, count, byBucket, ...promise },
    ...(isHidden ? {} : { link: linkTo(ctx, reader.id, customer.id) }),
    ...(phone ? { phone } : {}),
    ...(customer.lastContactAt && !isHidden ? { lastContactAt: customer.lastContactAt } : {}),
    ...(ownerName ? { ownerName } : {}),
    ...(customer.ownerId ? {} : { inPool: true as const }),
  }
}

/** The sections of what is owed, for a person who may see receivables: one line per customer, oldest and largest first. */
export async function gatherReceivables(ctx: Context, users: readonly User[], reader: User, day: string): Promise<DigestSection[]> {
  if (!allowed(actorOf(reader), 'receivables.read')) return []
  const [own, team] = await dueFor(ctx, users, reader, day)
  const sections = receivableSections(await withSurvivors(ctx, own), await withSurvivors(ctx, team), day)
  const names = new Map(users.map((user) => [user.id, user.name]))
  const seen = await Promise.all(sections.map((section) => seenLines(ctx, section)))
  const promises = await promisesOf(
    ctx,
    seen.flatMap((section) => section.seen.flatMap(([{ ids }]) => ids)),
  )
  return sections.flatMap(({ kind, from, to, lines }, i) => {
    const { seen: shown, left } = seen[i]!
    if (shown.length === 0) return []
    const rest = lines.slice(lines.length - left)
    return {
      kind,
      ...(from ? { from } : {}),
      to,
      lines: shown.map(([line, customer]) => lineOf(ctx, reader, names, customer, line, promised(line, promises))),
      more: left,
      customers: shown.length + left,
      owed: sumOf([...shown.map(([line]) => line), ...rest]),
    }
  })
}
