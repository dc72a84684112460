import * as z from 'zod'
import { customerLevels, reclaimFacts, UserId } from '../../identity/index.ts'
import { BusinessDate, daysBetween, Instant, localDate } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { NonNegativeMoney } from '../../kernel/money.ts'
import { postalAddress } from '../../kernel/postal-address.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Email, line, Phone, paragraph } from '../../kernel/text.ts'
import { DuplicateOverride } from '../duplicate/override.ts'
import { PoolId } from '../pool/pool.ts'
import { FormerOwner, InPool, Lock, Pooled, ReclaimWarning } from './ownership-state.ts'
import { PaymentTerms } from './payment-terms.ts'
import { Dormancy } from './quiet.ts'

export const CustomerId = idOf('cus').meta({ description: 'Id of a customer', example: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const Address = z.strictObject({
  kind: z.enum(['billing', 'delivery', 'office', 'registered', 'other']).meta({ description: 'What the address is for.' }),
  ...postalAddress,
})

/** What stands on an invoice (开票资料). */
const Billing = z.strictObject({
  title: line(200).nullish(),
  taxNumber: line(40).nullish(),
  bank: line(200).nullish(),
  account: line(60).nullish(),
  address: line(300).nullish(),
  phone: Phone.nullish(),
})

/** Somebody besides the owner who works on the customer, until a day if one is set. */
const TeamMember = z.strictObject({ userId: UserId, access: z.enum(['read', 'write']), until: BusinessDate.nullish() })

export const Marketing = z.strictObject({
  optedOut: z.boolean().nullish(),
  consent: z
    .strictObject({ at: Instant, source: line(200), textVersion: line(60).nullish().meta({ description: 'Which wording was agreed to.' }) })
    .nullish()
    .meta({ description: 'When and how consent to marketing mail was given.' }),
})

export const customerKinds = ['end-user', 'distributor', 'partner'] as const
export const levelSources = ['manual', 'computed'] as const
export const growthPotentials = ['high', 'medium', 'low'] as const
export const lifecycleStages = ['potential', 'target', 'first-order', 'repeat', 'loyal', 'declining', 'lost'] as const

const fields = {
  name: line(200),
  shortName: line(100),
  aliases: z.array(line(200)).max(20).meta({ description: 'Other and former names.' }),
  taxNumber: line(40).meta({ description: 'Unified social credit code or the local tax number.' }),
  phones: z.array(Phone).max(20),
  email: Email,
  website: z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(500),
  industry: line(100),
  source: line(100).meta({ description: 'Where the customer came from.' }),
  kind: z.enum(customerKinds),
  parentCustomerId: CustomerId.meta({ description: 'The group the customer belongs to.' }),
  referredById: CustomerId.meta({ description: 'Who recommended us.' }),
  addresses: z.array(Address).max(20),
  billing: Billing,
  tags: z.array(line(50)).max(50),
  ownerId: UserId.meta({ description: 'Who works on it; null is the public pool. Left out on create: the caller.' }),
  poolId: PoolId.meta({ description: 'The public pool it lies in, or goes to when it is released; null is the pool of everybody.' }),
  teamMembers: z.array(TeamMember).max(20),
  level: z.enum(customerLevels),
  levelSource: z.enum(levelSources),
  growthPotential: z.enum(growthPotentials),
  poor: z.boolean().meta({ description: 'A customer that costs more than it brings (劣质).' }),
  lifecycleStage: z.enum(lifecycleStages),
  creditLimit: NonNegativeMoney.meta({ description: '0 = cash only, null = the default of the tenant.' }),
  overdueLimit: NonNegativeMoney,
  holdWhenOverdueDays: z.int().min(0).max(3650),
  paymentTerms: PaymentTerms,
  priceLevel: line(50),
  nextContactOn: BusinessDate.meta({
    description: 'The earliest open follow-up. Setting it plans or moves that follow-up; null cancels what is open.',
  }),
  marketing: Marketing,
  notes: paragraph(4000),
}

const shapes = shapesOf('Customer', CustomerId, fields, ['name'], {
  ownedSince: Instant.nullable().default(null).meta({ description: 'Since when the owner has it.' }),
  lastContactAt: Instant.nullable().default(null).meta({ description: 'The latest activity.' }),
  lastQuotedOn: BusinessDate.nullable().default(null).meta({ description: 'The day on which a quote was last sent.' }),
  lastOrderedOn: BusinessDate.nullable()
    .default(null)
    .meta({ description: 'The latest orderedOn of a confirmed order, or shippedOn of goods that left without one.' }),
  pool: InPool.nullable()
    .default(null)
    .meta({ description: 'Since when and why it lies in the public pool; null while somebody owns it.' }),
  locked: z.boolean().default(false).meta({ description: 'Locked where it is: not claimed, released or reclaimed.' }),
  lockReason: z.string().nullable().default(null),
})

/** A planned contact as the customer keeps it: the customer is where what is open is decided. */
export const OpenFollowUp = z.object({ id: z.string(), dueOn: z.string(), ownerId: z.string(), subject: z.string() })
export type OpenFollowUp = z.output<typeof OpenFollowUp>

const override = { duplicateOverride: DuplicateOverride.nullish() }

export const CreateCustomer = shapes.create.extend(override).meta({ id: 'CreateCustomer' })
export const ChangeCustomer = shapes.patch.extend(override).meta({ id: 'ChangeCustomer' })
export const Customer = shapes.resource
export const CustomerRecord = shapes.record.omit({ nextContactOn: true }).extend({
  ownedSince: Instant.optional(),
  lastContactAt: Instant.optional(),
  lastQuotedOn: BusinessDate.optional(),
  lastOrderedOn: BusinessDate.optional(),
  /** The days on which it ordered and when the next order is overdue (order-rhythm.ts), and when it is dormant where the firm wants to know. */
  orderDays: z.string().optional(),
  reorderOn: BusinessDate.optional(),
  dormancy: Dormancy.optional(),
  openFollowUps: z.array(OpenFollowUp).optional(),
  primaryContactId: z.string().optional(),
  pooled: Pooled.optional(),
  fromPool: z.literal(true).optional(),
  formerOwners: z.array(FormerOwner).optional(),
  lock: Lock.optional(),
  lastQualifyingContactAt: Instant.optional(),
  ruleSince: Instant.optional(),
  reclaimWarning: ReclaimWarning.optional(),
  /** The customers that were merged into this one, and the merge that is being carried out. */
  absorbed: z.array(z.string()).optional(),
  merging: z.string().optional(),
  /** The facts for want of which rules of the pool may take it. */
  watched: z.array(z.enum(reclaimFacts)).optional(),
  /** The keys of the duplicate check under which it is kept, and that another one of its name was there before it. */
  foundBy: z.array(z.string()).optional(),
  sharesName: z.literal(true).optional(),
  /** Its names as its entries hold them, where others were added by a merge. */
  foundAs: z.string().optional(),
})
export type Customer = z.output<typeof CustomerRecord>

/** What the record keeps for itself: no caller sees it or is told that it changed. */
const internal = new Set(Object.keys(CustomerRecord.shape).filter((field) => !(field in shapes.resource.shape)))

/** Of changed fields those that callers know. */
export const published = (fields: string[]): string[] => fields.filter((field) => !internal.has(field))

/**
 * As callers see it: nextContactOn follows from the open follow-ups and is never written alone. What the resource does not
 * name (the follow-ups themselves) is left out by its schema.
 */
export const shown = (customer: Customer) => ({
  ...customer,
  nextContactOn: customer.openFollowUps?.[0]?.dueOn,
  locked: customer.lock !== undefined,
  lockReason: customer.lock?.reason,
})

/** Why a customer lies in the pool, as callers see it on a day. */
export function shownPool({ since, how, reason, from }: Pooled, { today, timeZone }: { today: string; timeZone: string }) {
  const days = Math.max(0, daysBetween(localDate(since, timeZone), today))
  return { since, days, how, reason: reason ?? null, formerOwnerId: from ?? null }
}

/** Open follow-ups in the order in which they fall due. */
export const inDueOrder = (open: OpenFollowUp[]): OpenFollowUp[] =>
  [...open].sort((a, b) => (a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
