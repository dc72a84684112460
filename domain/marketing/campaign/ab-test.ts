import * as z from 'zod'
import { sha256 } from '../../kernel/signing.ts'
import { pageSize, readDeliveryTag, type Slot } from '../delivery/page.ts'
import { MessageTemplateId } from '../message-template/message-template.ts'
import type { Campaign } from './campaign.ts'

/** The contents of a campaign: its template, and the one it is tried against. */
export const variants = ['a', 'b'] as const
export type Variant = (typeof variants)[number]

export const AbTest = z
  .strictObject({
    templateId: MessageTemplateId.meta({ description: 'Content b; a is the template of the campaign.' }),
    samplePercent: z.int().min(1).max(50).meta({ description: 'Share of the audience that the contents are tried on, half each.' }),
    decideBy: z.enum(['clicks', 'replies']),
    afterHours: z.int().min(1).max(168).meta({ description: 'How long after the last mail of the sample the winner is found.' }),
  })
  .meta({
    id: 'AbTest',
    description: 'Two contents on a sample; the others get the one that more clicked, or answered. None for a tie but a.',
  })
export type AbTest = z.output<typeof AbTest>

const steps = 0x10000

/** Whether somebody is of the sample: by chance, but the same for whoever asks again. */
export const isSampled = (campaignId: string, contactId: string, percent: number): boolean =>
  Number.parseInt(sha256(`${campaignId} ${contactId}`).slice(0, 4), 16) < (percent / 100) * steps

/** Whole pages of the audience's beginning that are the sample, at least one. */
export const samplePagesOf = (sampled: number): number => Math.max(1, Math.floor(sampled / pageSize))

type Tested = Pick<Campaign, 'abTest' | 'winner' | 'samplePages'>

/** How many pages may be sent by now: the sample until there is a winner. */
export const openPages = ({ abTest, winner, samplePages = 1 }: Tested): number => (abTest && !winner ? samplePages : Infinity)

/** Which content a delivery has: every second one of the sample b, everybody behind it the winner. */
export function variantOf(
  { abTest, winner, samplePages = 0 }: Tested,
  { block, page, slot }: NonNullable<ReturnType<typeof readDeliveryTag>>,
): Variant {
  if (!abTest) return 'a'
  if (block * 10 + page < samplePages) return slot % 2 === 0 ? 'a' : 'b'
  return winner ?? 'a'
}

/** The content that a delivery was made of. */
export function contentOf(campaign: Campaign, delivery: string): Campaign['content'] {
  const place = readDeliveryTag(delivery)
  return place && variantOf(campaign, place) === 'b' ? campaign.contentB : campaign.content
}

interface SampleResult {
  sent: number
  responded: number
}

/** What the sample did: for each content how many got it, and how many of them clicked or answered. */
export function sampleResults({ decideBy }: AbTest, slots: readonly { slot: Slot; variant: Variant }[]): Record<Variant, SampleResult> {
  const letter = decideBy === 'clicks' ? 'k' : 'p'
  const of = (wanted: Variant): SampleResult => {
    const sent = slots.filter(({ slot, variant }) => variant === wanted && slot.sentAt)
    return { sent: sent.length, responded: sent.filter(({ slot }) => slot.facts[letter]).length }
  }
  return { a: of('a'), b: of('b') }
}

/** b only when a larger share of those who got it responded. */
export const winnerOf = ({ a, b }: Record<Variant, SampleResult>): Variant => (b.responded * a.sent > a.responded * b.sent ? 'b' : 'a')
