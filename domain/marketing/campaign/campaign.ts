import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { NonNegativeMoney } from '../../kernel/money.ts'
import { shapesOf } from '../../kernel/resource.ts'
import type { StateTable } from '../../kernel/states.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { MessageTemplateId } from '../message-template/message-template.ts'
import { SegmentId } from '../segment/segment.ts'
import { Trigger } from '../trigger/trigger.ts'
import { AbTest, variants } from './ab-test.ts'
import { Attachments } from './attachments.ts'

const CampaignId = idOf('cmp').meta({ description: 'Id of a campaign' })

const hour = z.int().min(0).max(24)
const SendWindow = z
  .strictObject({
    fromHour: hour,
    toHour: hour.meta({ description: 'Nothing is sent in this hour and later.' }),
    workingDaysOnly: z.boolean().nullish(),
    zone: z.enum(['tenant', 'recipient']).nullish().meta({
      description:
        'Whose hours: ours (left out), or those of each recipient, by the zone of the contact, else the country of the customer.',
    }),
  })
  .refine(({ fromHour, toHour }) => fromHour < toHour, { path: ['toHour'], error: 'must be later than fromHour' })
  .meta({ id: 'SendWindow', description: 'Hours in which mails are sent; outside of them it waits.' })
export type SendWindow = z.output<typeof SendWindow>

const fields = {
  name: line(100),
  goal: paragraph(1000),
  ownerId: UserId.meta({ description: 'Who is told what becomes of it. Left out: the caller.' }),
  budget: NonNegativeMoney,
  costs: z
    .array(z.strictObject({ on: BusinessDate, what: line(200), amount: NonNegativeMoney }))
    .max(100)
    .meta({ description: 'What it actually cost.' }),
  segmentId: SegmentId,
  templateId: MessageTemplateId,
  list: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .meta({ description: 'The mailing list it belongs to: who left that list gets none of it.' }),
  oncePer: z
    .enum(['contact', 'address'])
    .meta({ description: 'One mail for each contact, or for each address however many contacts share it.' }),
  startAt: Instant.meta({ description: 'Left out: when it is launched.' }),
  sendWindow: SendWindow,
  abTest: AbTest,
  attachments: Attachments,
  trigger: Trigger,
}

export const states = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled'] as const
type CampaignStatus = (typeof states)[number]
type Action = 'launch' | 'start' | 'pause' | 'resume' | 'finish' | 'cancel'

export const campaignStates: StateTable<CampaignStatus, Action> = {
  draft: { launch: 'scheduled', cancel: 'cancelled' },
  scheduled: { start: 'sending', pause: 'paused', cancel: 'cancelled' },
  sending: { pause: 'paused', finish: 'sent', cancel: 'cancelled' },
  paused: { resume: 'scheduled', cancel: 'cancelled' },
  sent: {},
  cancelled: {},
}

/** Why a campaign stands still; all but `asked` were found by the campaign itself. */
export const pauseReasons = ['asked', 'bounces', 'complaints', 'refused', 'launcher-gone', 'audience', 'template'] as const
export type PauseReason = (typeof pauseReasons)[number]

const Fault = z.object({ contactId: z.string(), field: z.string(), message: z.string() }).meta({ id: 'CampaignFault' })

const shapes = shapesOf('Campaign', CampaignId, fields, ['name'], {
  status: z.enum(states),
  audience: z.int().nullable().default(null).meta({ description: 'People it was snapshotted for when it started.' }),
  launchedAt: Instant.nullable().default(null),
  startedAt: Instant.nullable().default(null),
  endedAt: Instant.nullable().default(null).meta({ description: 'When the last was sent, or it was cancelled.' }),
  winner: z.enum(variants).nullable().default(null).meta({ description: 'The content that everybody behind the sample gets.' }),
  decidedAt: Instant.nullable().default(null),
  pausedBecause: z.enum(pauseReasons).nullable().default(null),
  fault: Fault.nullable()
    .default(null)
    .meta({ description: 'For whom its mail cannot be made, when that was found before the first one went out (`template`).' }),
})

export const CreateCampaign = shapes.create
export const ChangeCampaign = shapes.patch
export const Campaign = shapes.resource.extend({ oncePer: fields.oncePer.default('contact') }).meta({ id: 'Campaign' })

const Content = z.object({ subject: z.string(), html: z.string(), text: z.string(), defaults: z.record(z.string(), z.string()).optional() })

export const CampaignRecord = shapes.record.extend({
  ownerId: z.string(),
  status: z.enum(states),
  audience: z.int().optional(),
  /** Names the snapshot of the audience. */
  snapshot: z.string().optional(),
  launchedAt: Instant.optional(),
  launchedBy: z.object({ kind: z.enum(['user', 'key', 'system']), id: z.string(), userId: z.string().nullable() }).optional(),
  startedAt: Instant.optional(),
  endedAt: Instant.optional(),
  pausedBecause: z.enum(pauseReasons).optional(),
  fault: Fault.optional(),
  /** Counts launches and resumes: work that was handed out before is worth nothing. */
  run: z.int().optional(),
  /** What is sent: the template as it was at launch. */
  content: Content.optional(),
  /** What it is tried against. */
  contentB: Content.optional(),
  /** Pages at the beginning of the audience that are the sample of its test. */
  samplePages: z.int().optional(),
  /** Of a trigger that goes by days: the last one that was looked at. */
  lastDay: BusinessDate.optional(),
  winner: z.enum(variants).optional(),
  decidedAt: Instant.optional(),
})
export type Campaign = z.output<typeof CampaignRecord>

/** What may still be changed once a campaign is launched. */
export const changeableAlways = ['name', 'goal', 'ownerId', 'budget', 'costs', 'externalId']

/** After how many sends a share of bad news stops a campaign, and how large it may be. */
const brakesAfter = 200
const mostBounced = 0.04
const mostComplained = 0.0008

/** The brake that numbers so far pull; undefined when all is well. */
export function brake({ sent, bounced, complained }: { sent: number; bounced: number; complained: number }): PauseReason | undefined {
  if (sent < brakesAfter) return undefined
  if (complained / sent >= mostComplained) return 'complaints'
  return bounced / sent >= mostBounced ? 'bounces' : undefined
}
