import type { Context } from '../../kernel/context.ts'
import type { Meant } from '../segment/segment-ids.ts'
import { mostAtOnce, peopleFrom } from '../segment/segment-portions.ts'
import { audienceAt } from './campaign.table.ts'

/** How far a segment was gathered: the slice to go on with, and the parts that stand as files, by their names. */
export interface Gathered {
  next: number
  parts: string[]
}

async function* asLines(ids: readonly string[]): AsyncIterable<Uint8Array> {
  yield Buffer.from(ids.join('\n'))
}

async function readPart(ctx: Context, campaignId: string, part: string): Promise<string[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of ctx.files.read(audienceAt(ctx, campaignId, part))) chunks.push(chunk)
  return Buffer.concat(chunks).toString().split('\n').filter(Boolean)
}

/** Some people of a segment, as many as there are in one portion; whether they are all. */
export async function somePeople(ctx: Context, meant: Meant, people: number): Promise<{ ids: string[]; isAll: boolean }> {
  const { ids, next } = await peopleFrom(ctx, meant, 0, { ...mostAtOnce, people })
  return { ids, isAll: next === undefined }
}

/**
 * Gathers the people of a segment, as the context sees them: all of them, in the order of their ids, or how far it came. A message
 * that comes twice gathers apart from the first, which may find others by then. Who changes hands between two messages is there once, or not at all.
 */
export async function gatherAudience(
  ctx: Context,
  { campaignId, meant, gathered = { next: 0, parts: [] } }: { campaignId: string; meant: Meant; gathered?: Gathered | undefined },
  most = mostAtOnce,
): Promise<{ ids: string[] } | { gathered: Gathered }> {
  const { ids, next } = await peopleFrom(ctx, meant, gathered.next, most)
  if (next !== undefined) {
    const part = ctx.newId('prt')
    await ctx.files.write(audienceAt(ctx, campaignId, part), 'text/plain', asLines(ids))
    return { gathered: { next, parts: [...gathered.parts, part] } }
  }
  const all = new Set(ids)
  for (const part of gathered.parts) for (const id of await readPart(ctx, campaignId, part)) all.add(id)
  return { ids: [...all].sort() }
}

/** Removes the parts once the audience stands in one piece, and the campaign knows it. */
export async function forgetParts(ctx: Context, campaignId: string, { parts }: Gathered): Promise<void> {
  for (const part of parts) await ctx.files.remove(audienceAt(ctx, campaignId, part))
}
