import type { Context } from '../../kernel/context.ts'
import type { Meant } from '../segment/segment-ids.ts'
import { mostAtOnce, peopleFrom } from '../segment/segment-portions.ts'
import { audienceAt } from './campaign.table.ts'

/** How far a segment was gathered: the slice to go on with, and the parts that stand as files, by their first slices. */
export interface Gathered {
  next: number
  parts: number[]
}

const partAt = (ctx: Context, campaignId: string, part: number): string => `${audienceAt(ctx, campaignId)}-part-${part}`

async function* asLines(ids: readonly string[]): AsyncIterable<Uint8Array> {
  yield Buffer.from(ids.join('\n'))
}

async function readPart(ctx: Context, campaignId: string, part: number): Promise<string[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of ctx.files.read(partAt(ctx, campaignId, part))) chunks.push(chunk)
  return Buffer.concat(chunks).toString().split('\n').filter(Boolean)
}

/** Some people of a segment, as many as there are in one portion; whether they are all. */
export async function somePeople(ctx: Context, meant: Meant, people: number): Promise<{ ids: string[]; isAll: boolean }> {
  const { ids, next } = await peopleFrom(ctx, meant, 0, { ...mostAtOnce, people })
  return { ids, isAll: next === undefined }
}

/**
 * Gathers the people of a segment, as the context sees them: all of them, in the order of their ids, or how far it came. A message
 * that comes twice writes the same part again. Who changes hands between two messages is there once, or not at all.
 */
export async function gatherAudience(
  ctx: Context,
  { campaignId, meant, gathered = { next: 0, parts: [] } }: { campaignId: string; meant: Meant; gathered?: Gathered | undefined },
  most = mostAtOnce,
): Promise<{ ids: string[] } | { gathered: Gathered }> {
  const { ids, next } = await peopleFrom(ctx, meant, gathered.next, most)
  if (next !== undefined) {
    await ctx.files.write(partAt(ctx, campaignId, gathered.next), 'text/plain', asLines(ids))
    return { gathered: { next, parts: [...gathered.parts, gathered.next] } }
  }
  const all = new Set(ids)
  for (const part of gathered.parts) for (const id of await readPart(ctx, campaignId, part)) all.add(id)
  return { ids: [...all].sort() }
}

/** Removes the parts once the audience stands in one piece, and the campaign knows it. */
export async function forgetParts(ctx: Context, campaignId: string, { parts }: Gathered): Promise<void> {
  for (const part of parts) await ctx.files.remove(partAt(ctx, campaignId, part))
}
