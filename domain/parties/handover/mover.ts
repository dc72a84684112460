import type { PublishedEvent } from '../../../events/define.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import type { Write } from '../../store/write.ts'
import type { Customer } from '../customer/customer.ts'

/** What is being handed over. */
export interface Task {
  system: SystemContext
  fromUserId: string
  /** Takes what follows no customer. */
  toUserId: string
  receiverOf(customer: Customer): string
}

/** Some things of the leaver, given to others; each page is one transaction with the record of the job. */
export interface MovedPage {
  /** How many went to whom; `nobody` for what was ended. */
  counts: Record<string, number>
  writes: Write[]
  events: PublishedEvent[]
  /** The one thing that this page is about, when it was asked for one. */
  id?: string | undefined
  /** Where to go on; missing when these were the last. */
  after?: string | undefined
}

/**
 * A kind of things that a leaver owns. Every context that has one hands it to the job (functions/handover-movers.ts). A
 * mover reads what the leaver still has, so a page that is repeated moves nothing twice. `most` things fit one transaction.
 */
export interface Mover {
  /** Its name in the report. */
  kind: string
  most: number
  page(ctx: Context, task: Task, after: string | undefined, most: number): Promise<MovedPage>
}

/** Counts things by who gets them. */
export const counted = (receivers: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(receivers)].map((userId) => [userId, receivers.filter((one) => one === userId).length]))
