import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { line } from '../../kernel/text.ts'
import { PoolId } from '../pool/pool.ts'

/** What callers send to move a customer. Reasons stay on its timeline for good: firms, not persons, belong into them. */
const Reason = line(300).meta({ description: 'Stays on the timeline.' })

export const Release = z
  .strictObject({
    reason: Reason,
    poolId: PoolId.nullish().meta({ description: "Left out: the customer's own pool; null: the pool of everybody." }),
  })
  .meta({ id: 'ReleaseCustomer' })

export const Assignment = z.strictObject({ ownerId: UserId, reason: Reason.nullish() }).meta({ id: 'AssignCustomer' })

export const LockChange = z
  .strictObject({ locked: z.boolean(), reason: Reason.nullish() })
  .refine(({ locked, reason }) => !locked || reason != null, { path: ['reason'], error: 'must say why the customer is locked' })
  .meta({ id: 'LockCustomer' })
