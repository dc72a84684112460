import * as z from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Email, paragraph } from '../../kernel/text.ts'

/** Why an address is not mailed, the weakest reason first: a stronger one takes the place of a weaker one. */
const reasons = ['manual', 'unsubscribed', 'bounced', 'complained'] as const
export type SuppressionReason = (typeof reasons)[number]

/** All marketing mail, one mailing list of the tenant, or one campaign. */
const Scope = z
  .string()
  .regex(/^(tenant|list:[a-z0-9][a-z0-9-]{0,39}|cmp_[0-7][0-9A-HJKMNP-TV-Z]{25})$/, 'must be tenant, list:<key> or the id of a campaign')
  .meta({
    example: 'tenant',
    description: '`tenant`: no marketing mail at all; `list:<key>`: none of that mailing list; the id of a campaign: not that one.',
  })

export const everything = 'tenant'
export const listScope = (key: string): string => `list:${key}`

const fields = {
  email: Email.meta({ description: 'The address that is not mailed; never changes.' }),
  scope: Scope,
  reason: z.enum(reasons).meta({ description: 'Left out: manual.' }),
  contactId: idOf('con').meta({ description: 'Whose address it is, when that is known; its marketing.optedOut follows.' }),
  note: paragraph(500),
}

const shapes = shapesOf('Suppression', idOf('sup').meta({ description: 'Id of a suppression' }), fields, ['email'], {})

export const CreateSuppression = shapes.create
export const ChangeSuppression = shapes.patch.pick({ reason: true, note: true, externalId: true }).meta({ id: 'ChangeSuppression' })
export const Suppression = shapes.resource.extend({ scope: fields.scope, reason: fields.reason }).meta({ id: 'Suppression' })
export const SuppressionRecord = shapes.record.extend({ scope: fields.scope, reason: fields.reason, customerId: z.string().optional() })
export type Suppression = z.output<typeof SuppressionRecord>

/** True when `reason` says more than the one on record. */
export const isStronger = (reason: SuppressionReason, recorded: SuppressionReason): boolean =>
  reasons.indexOf(reason) > reasons.indexOf(recorded)

/** What recipients asked for themselves, and so may take back on the page behind the link. */
export const isOwnWish = ({ reason }: Pick<Suppression, 'reason'>): boolean => reason === 'unsubscribed' || reason === 'complained'
