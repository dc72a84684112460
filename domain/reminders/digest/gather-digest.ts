import type { User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import {
  type Customer,
  customersInSight,
  type DueFollowUp,
  type DueItem,
  type DueQuiet,
  type DueQuote,
  type DueReclaim,
  dueItems,
  plannedIn,
  type Quiet,
  type QuietKind,
  quotesDue,
  type Reclaim,
  type ReclaimSettings,
  reclaimSettings,
  reclaimToTell,
  stillOpen,
  stillQuiet,
} from '../../parties/index.ts'
import { linkTo } from '../follow-up-page/link.ts'
import { buildDigest, completed, type DigestDay, lastDayAnnounced, lastTeamDay } from './build-digest.ts'
import type { Digest, DigestLine } from './digest.ts'
import { peopleBelow } from './recipients.ts'

/** A line before its customer is read: of a planned contact, or of a warning, whose words come from the texts. */
type DueLine = Omit<DueFollowUp, 'id'> & { id?: string; quote?: DueQuote; quietKind?: QuietKind; quiet?: Quiet; fact?: Reclaim['fact'] }

const quoteLine = (quote: DueQuote): DueLine => ({
  customerId: quote.customerId,
  ownerId: quote.ownerId,
  dueOn: quote.dueOn,
  subject: '',
  quote,
})

const quietLine = ({ kind, ...due }: DueQuiet): DueLine => ({ ...due, subject: '', quietKind: kind })

const warningLine = ({ customerId, ownerId, reclaimOn }: DueReclaim): DueLine => ({ customerId, ownerId, dueOn: reclaimOn, subject: '' })

/** What the people below a manager are late with, one short Query for each of them. */
async function lateBelow(ctx: Context, users: readonly User[], reader: User, day: string): Promise<DueFollowUp[]> {
  const below = peopleBelow(users, reader)
  const until = lastTeamDay(day)
  const due = await Promise.all(below.map(async ({ id }) => plannedIn(await dueItems(ctx, id, until), id, until).followUps))
  return due.flat()
}

/** The line as its customer has it by now: kept, with another day, or dropped. A customer that was not read yet decides nothing. */
function standing(line: DueLine, read: ReadonlyMap<string, Customer | undefined>, day: string, rules: ReclaimSettings): DueLine[] {
  if (!read.has(line.customerId)) return [line]
  const customer = read.get(line.customerId)
  if (!customer) return []
  if (line.quietKind) {
    const quiet = stillQuiet(customer, { ...line, kind: line.quietKind })
    return quiet ? [{ ...line, quiet }] : []
  }
  if (line.quote) return customer.ownerId === line.ownerId ? [line] : []
  if (line.id !== undefined) return stillOpen(customer, { ...line, id: line.id }) ? [line] : []
  const reclaim = customer.ownerId === line.ownerId ? reclaimToTell(customer, day, rules) : undefined
  return reclaim ? [{ ...line, dueOn: reclaim.on, fact: reclaim.fact }] : []
}

function lineOf(
  ctx: Context,
  reader: User,
  names: Map<string, string>,
  customer: Customer,
  due: DueLine & { daysLate: number },
): DigestLine {
  const phone = customer.phones?.[0] ?? customer.addresses?.find((address) => address.phone)?.phone
  const ownerName = due.ownerId === reader.id ? undefined : names.get(due.ownerId)
  return {
    customerId: customer.id,
    customerName: customer.name,
    subject: due.subject,
    dueOn: due.dueOn,
    daysLate: due.daysLate,
    link: linkTo(ctx, reader.id, customer.id),
    ...(due.quote ? { quote: due.quote } : {}),
    ...(due.quiet ? { quiet: due.quiet } : {}),
    ...(due.fact ? { fact: due.fact } : {}),
    ...(phone ? { phone } : {}),
    ...(customer.lastContactAt ? { lastContactAt: customer.lastContactAt } : {}),
    ...(ownerName ? { ownerName } : {}),
  }
}

/**
 * Whom a person is to contact, in whose name `ctx` acts: of what is due to them, then one BatchGet of the customers of the
 * lines shown. An entry whose follow-up is not open any more, went to somebody else, whose customer is out of sight, or
 * which warns of what will not happen any more, is dropped, and the next one takes its place. Null when nothing is due.
 */
export async function gatherDigest(
  ctx: Context,
  users: readonly User[],
  reader: User,
  items: readonly DueItem[],
  on: DigestDay,
): Promise<Digest | null> {
  const names = new Map(users.map((user) => [user.id, user.name]))
  const rules = await reclaimSettings(ctx)
  const due = plannedIn(items, reader.id, lastDayAnnounced(on))
  const below = await lateBelow(ctx, users, reader, on.day)
  const quiet = (kind: QuietKind) => due.quiet.filter((one) => one.kind === kind).map(quietLine)
  let lines = {
    own: due.followUps as DueLine[],
    team: below as DueLine[],
    reclaims: due.reclaims.map(warningLine),
    quotes: quotesDue(due.quotes, on.day).map(quoteLine),
    reorders: quiet('reorder'),
    dormant: quiet('dormant'),
  }
  const read = new Map<string, Customer | undefined>()
  for (;;) {
    const { own, team, ...others } = lines
    const digest = buildDigest(own, team, on, others)
    if (!digest) return null
    const shown = digest.sections.flatMap(({ lines }) => lines.map(({ customerId }) => customerId))
    const unread = shown.filter((id) => !read.has(id))
    if (unread.length === 0) return completed(digest, (due) => lineOf(ctx, reader, names, read.get(due.customerId)!, due))
    const found = await customersInSight(ctx, unread)
    for (const id of unread) read.set(id, found.get(id))
    const left = ([kind, some]: [string, DueLine[]]) => [kind, some.flatMap((line) => standing(line, read, on.day, rules))]
    lines = Object.fromEntries(Object.entries(lines).map(left)) as typeof lines
  }
}
