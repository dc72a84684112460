/** What a credit check comes to. Amounts in minor units of the books' currency. */
export interface CreditVerdict {
  /** null: none, so nothing is checked. */
  limit: number | null
  /** As it would be with what is asked for. */
  exposure: number
  /** What is left below the limit; below zero when it is exceeded, null without a limit. */
  available: number | null
  /** The order waits for a manager; nothing was raised. */
  blocked: boolean
  flags: CreditFlag[]
}

export const creditFlags = ['over-limit', 'overdue-limit', 'overdue-days'] as const
export type CreditFlag = (typeof creditFlags)[number]

/** `policy`: `warn` says it and goes on, `block` stops what would go over the limit. 0 is cash only: nothing fits. */
export function judgeCredit({
  limit,
  exposure,
  by,
  policy,
}: {
  limit: number | null
  exposure: number
  by: number
  policy: 'warn' | 'block'
}): CreditVerdict {
  const after = exposure + by
  const isOver = limit !== null && by > 0 && after > limit
  return {
    limit,
    exposure: after,
    available: limit === null ? null : limit - after,
    blocked: isOver && policy === 'block',
    flags: isOver ? ['over-limit'] : [],
  }
}
