import * as z from 'zod'
import { dunningLevels, UserId } from '../../identity/index.ts'
import { BusinessDate, daysBetween } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Money, minor, money, NonNegativeMoney } from '../../kernel/money.ts'
import { withFixed } from '../../kernel/parse-input.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { CustomerId } from '../../parties/index.ts'
import { bucketOf, buckets } from '../ageing/ageing.ts'
import { ExchangeRate, PostedMoney } from '../amount.ts'

export const ReceivableId = idOf('rcv').meta({ description: 'Id of a receivable', example: 'rcv_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const Disputed = z
  .strictObject({ since: BusinessDate, reason: line(500) })
  .meta({ description: 'The customer disputes it: it is in the reports, but no dunning mail is sent for it.' })
const Promised = z
  .strictObject({ on: BusinessDate, amount: PostedMoney.nullish().meta({ description: 'All of it when left out.' }) })
  .meta({ description: 'When the customer said it would pay.' })

const Dunned = z
  .object({ level: z.enum(dunningLevels), on: BusinessDate })
  .meta({ description: 'The strongest level of dunning that the customer was mailed, and when.' })

const fields = {
  customerId: CustomerId,
  orderId: idOf('ord').meta({ description: 'The order that it comes from.' }),
  shipmentId: idOf('shp').meta({ description: 'The shipment that it comes from.' }),
  number: line(60).meta({ description: 'Number of the invoice or delivery note; the next one of the firm when left out.' }),
  issuedOn: BusinessDate.meta({
    description: 'The business date on which it begins to be owed; may lie in the past up to the closed period.',
  }),
  dueOn: BusinessDate,
  amount: PostedMoney.meta({ description: 'With tax.' }),
  settledBefore: NonNegativeMoney.meta({
    description: 'What of it was settled before it came into these books (期初已收): so much less is outstanding from the first day.',
  }),
  exchangeRate: ExchangeRate.meta({ description: 'What one unit is worth in the currency of the firm; 1 when left out for that itself.' }),
  disputed: Disputed,
  promise: Promised,
  notes: paragraph(4000),
}

/** `open` is not due yet and nothing is paid; what is overdue may be settled in part. */
const receivableStatuses = ['open', 'partly-settled', 'overdue', 'settled', 'cancelled'] as const
type ReceivableStatus = (typeof receivableStatuses)[number]

const shapes = shapesOf('Receivable', ReceivableId, fields, ['customerId', 'issuedOn', 'dueOn', 'amount'], {
  settled: Money.meta({ description: 'Paid, credited and written off, with what was settled before.' }),
  outstanding: Money,
  status: z.enum(receivableStatuses).meta({ description: 'Follows from what is outstanding and from the day.' }),
  daysOverdue: z.int().meta({ description: 'Days after dueOn in the zone of the firm; 0 when it is not late or nothing is outstanding.' }),
  bucket: z
    .enum(['notDue', ...buckets])
    .nullable()
    .meta({ description: 'null when nothing is outstanding.' }),
  dunned: Dunned.nullable().default(null),
  ownerId: UserId.nullable().default(null).meta({ description: 'The owner of the customer, who cares for it.' }),
})

export const CreateReceivable = shapes.create
export const ChangeReceivable = withFixed(
  shapes.patch.pick({ disputed: true, promise: true, notes: true, externalId: true }).meta({ id: 'ChangeReceivable' }),
  CreateReceivable,
  'receivable.field-fixed',
  'What is posted does not change: credit it, and enter it anew.',
)
export const Receivable = shapes.resource.extend({ number: fields.number, exchangeRate: ExchangeRate }).meta({ id: 'Receivable' })

export const ReceivableRecord = shapes.record.extend({
  number: fields.number,
  exchangeRate: ExchangeRate,
  ownerId: z.string().optional(),
  /** Minor units of the amount in the currency of the books, and of what is settled of the amount (a tally). */
  base: z.int(),
  settled: z.int(),
  /** How often something of that was taken back (a tally): then more was settled on some earlier day than is now. */
  reopened: z.int().optional(),
  /** The order or shipment whose share it is, and which share. */
  source: z.object({ of: z.string(), share: z.string() }).optional(),
  cancelledOn: BusinessDate.optional(),
  /** Its import was taken back: its number and externalId are free again. */
  takenBack: z.literal(true).optional(),
  dunned: Dunned.optional(),
})
export type Receivable = z.output<typeof ReceivableRecord>

/** What is still owed, in minor units. */
export const outstandingOf = (receivable: Pick<Receivable, 'amount' | 'settled'>): number => minor(receivable.amount) - receivable.settled

/** True while something is outstanding: in that state it stands in lists. */
export const isOpen = (receivable: Pick<Receivable, 'amount' | 'settled'>): boolean => outstandingOf(receivable) > 0

function statusOf(receivable: Receivable, days: number): ReceivableStatus {
  if (receivable.cancelledOn) return 'cancelled'
  if (!isOpen(receivable)) return 'settled'
  return days > 0 ? 'overdue' : receivable.settled > 0 ? 'partly-settled' : 'open'
}

/** As callers see it on a day: the status follows from what is outstanding and the date, and is never stored. */
export function shownReceivable(receivable: Receivable, day: string) {
  const { currency } = receivable.amount
  const days = daysBetween(receivable.dueOn, day)
  const outstanding = outstandingOf(receivable)
  return {
    ...receivable,
    amount: money(minor(receivable.amount), currency),
    settled: money(receivable.settled, currency),
    outstanding: money(outstanding, currency),
    status: statusOf(receivable, days),
    daysOverdue: outstanding > 0 ? Math.max(0, days) : 0,
    bucket: outstanding > 0 ? bucketOf(days) : null,
  }
}
