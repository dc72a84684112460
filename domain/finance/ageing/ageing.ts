import { daysBetween } from '../../kernel/dates.ts'

/** How long what is owed has been overdue (账龄): domain.md, "Ageing". */
export const buckets = ['d1to30', 'd31to60', 'd61to90', 'd91to180', 'over180'] as const
export type Bucket = (typeof buckets)[number]

/** Last day of each bucket but the one without end. */
const lastDay: [Bucket, number][] = [
  ['d1to30', 30],
  ['d31to60', 60],
  ['d61to90', 90],
  ['d91to180', 180],
]

export type AgeBy = 'dueOn' | 'issuedOn'

/** What is open on a day, of a receivable or of money that belongs to none yet; amounts in minor units of the base currency. */
export interface OpenAmount {
  kind: 'receivable' | 'credit'
  issuedOn: string
  /** Of a receivable: when it falls due. */
  dueOn: string
  balance: number
}

/** Sums of what is open: notDue + buckets - unallocated = outstanding. */
export interface Ageing extends Record<Bucket, number> {
  notDue: number
  unallocated: number
  outstanding: number
  /** Open receivables. */
  count: number
  overdueCount: number
}

/** The bucket of something that many days overdue; what falls due today is not due yet. */
export function bucketOf(days: number): Bucket | 'notDue' {
  if (days <= 0) return 'notDue'
  return lastDay.find(([, last]) => days <= last)?.[0] ?? 'over180'
}

/** By the day of issue everything has an age: the first bucket begins with the day itself, and nothing is not due. */
export const bucketSince = (days: number): Bucket => {
  const bucket = bucketOf(days)
  return bucket === 'notDue' ? 'd1to30' : bucket
}

/** The days of each bucket beside a due day: nothing is computed twice for the many receivables of one day. */
export function bucketsAsOf(asOf: string, ageBy: AgeBy): (open: Pick<OpenAmount, 'dueOn' | 'issuedOn'>) => Bucket | 'notDue' {
  const known = new Map<string, Bucket | 'notDue'>()
  return (open) => {
    const day = open[ageBy]
    const found = known.get(day)
    if (found) return found
    const days = daysBetween(day, asOf)
    const bucket = ageBy === 'issuedOn' ? bucketSince(days) : bucketOf(days)
    known.set(day, bucket)
    return bucket
  }
}

export const noAgeing = (): Ageing => ({
  notDue: 0,
  d1to30: 0,
  d31to60: 0,
  d61to90: 0,
  d91to180: 0,
  over180: 0,
  unallocated: 0,
  outstanding: 0,
  count: 0,
  overdueCount: 0,
})

/** Adds what is open to sums, in place: reports do this for tens of thousands. `count` receivables may come together. */
export function addOpen(sum: Ageing, open: OpenAmount, bucket: Bucket | 'notDue', asOf: string, count = 1): void {
  if (open.kind === 'credit') {
    sum.unallocated += open.balance
    sum.outstanding -= open.balance
    return
  }
  sum[bucket] += open.balance
  sum.outstanding += open.balance
  sum.count += count
  if (open.dueOn < asOf) sum.overdueCount += count
}

/** The sums of everything that is open on a day (of a foreign currency that may be worth less than a cent), by a key of one's own, and together. */
export function ageOpen<O extends OpenAmount, K>(
  all: Iterable<O>,
  { asOf, ageBy, keyOf }: { asOf: string; ageBy: AgeBy; keyOf(open: O): K },
): { total: Ageing; byKey: Map<K, Ageing> } {
  const bucketOfOpen = bucketsAsOf(asOf, ageBy)
  const [total, byKey] = [noAgeing(), new Map<K, Ageing>()]
  for (const open of all) {
    const bucket = bucketOfOpen(open)
    const key = keyOf(open)
    const sum = byKey.get(key) ?? noAgeing()
    byKey.set(key, sum)
    addOpen(sum, open, bucket, asOf)
    addOpen(total, open, bucket, asOf)
  }
  return { total, byKey }
}
