import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { step } from '../../kernel/states.ts'
import { line } from '../../kernel/text.ts'
import { type Customer, CustomerId, inDueOrder, type OpenFollowUp } from '../customer/customer.ts'

export const FollowUpId = idOf('fup').meta({ description: 'Id of a follow-up' })
export const FollowUpStatus = z.enum(['open', 'done', 'cancelled'])

const fields = {
  customerId: CustomerId,
  dueOn: BusinessDate.meta({ description: 'The day of the next contact, in the time zone of the tenant.' }),
  subject: line(200),
  ownerId: UserId.meta({ description: 'Who is reminded. Left out: the owner of the customer, or the caller when it has none.' }),
}

const shapes = shapesOf('FollowUp', FollowUpId, fields, ['customerId', 'dueOn', 'subject', 'ownerId'], {
  status: FollowUpStatus,
  doneAt: Instant.nullable().default(null),
})
export const CreateFollowUp = shapes.create
  .extend({
    ownerId: fields.ownerId.nullish(),
    status: FollowUpStatus.optional().meta({ description: 'Open unless a past one is brought in.' }),
  })
  .meta({ id: 'CreateFollowUp' })
export const ChangeFollowUp = shapes.patch
  .omit({ customerId: true })
  .extend({ status: FollowUpStatus.optional() })
  .meta({ id: 'ChangeFollowUp' })
export const FollowUp = shapes.resource
export const FollowUpRecord = shapes.record.extend({ status: FollowUpStatus, doneAt: Instant.optional() })
export type FollowUp = z.output<typeof FollowUpRecord>
export type FollowUpStatus = z.output<typeof FollowUpStatus>

const states = {
  open: { finish: 'done', cancel: 'cancelled' },
  done: { reopen: 'open' },
  cancelled: { reopen: 'open' },
} as const

const actionTo = { done: 'finish', cancelled: 'cancel', open: 'reopen' } as const

/** The follow-up in another state; doneAt stands exactly while it is done. 409 `follow-up.state` for a step there is not. */
export function inStatus(followUp: FollowUp, status: FollowUpStatus, now: string): FollowUp {
  if (status === followUp.status) return followUp
  const { doneAt: _doneAt, ...rest } = followUp
  const next = step('follow-up', states, followUp.status, actionTo[status]) as FollowUpStatus
  return { ...rest, status: next, ...(next === 'done' ? { doneAt: now } : {}) }
}

/** Only an open follow-up can be moved. */
export function requireOpen(followUp: FollowUp): void {
  if (followUp.status !== 'open')
    throw new Problem('conflict', 'follow-up.state', `This follow-up is ${followUp.status}. Reopen it first, or plan a new one.`)
}

/**
 * More than that is no plan any more; and closing them all, three items each, must fit into one transaction of 100 beside the
 * cards of a full team, which tell when the customer was last in contact.
 */
export const mostOpen = 20

const asOpen = ({ id, dueOn, ownerId, subject }: FollowUp): OpenFollowUp => ({ id, dueOn, ownerId, subject })

/** The customer with a follow-up put in, moved or, when it is not open any more, taken out. */
export function withFollowUp(customer: Customer, followUp: FollowUp): Customer {
  const others = (customer.openFollowUps ?? []).filter((open) => open.id !== followUp.id)
  const open = followUp.status === 'open' ? inDueOrder([...others, asOpen(followUp)]) : others
  if (open.length > mostOpen)
    throw new Problem('conflict', 'follow-up.too-many-open', `A customer has at most ${mostOpen} open follow-ups. Close some first.`)
  const { openFollowUps: _old, ...rest } = customer
  return open.length > 0 ? { ...rest, openFollowUps: open } : rest
}

/** The customer without a follow-up. */
export const withoutFollowUp = (customer: Customer, id: string): Customer => {
  const { openFollowUps = [], ...rest } = customer
  const open = openFollowUps.filter((other) => other.id !== id)
  return open.length > 0 ? { ...rest, openFollowUps: open } : rest
}
