import type { Context, SystemContext } from '../../kernel/context.ts'
import { everyPartition } from '../../store/partitions.ts'
import type { PlacedItem } from '../../store/whole-items.ts'
import { lineOf, type Tally, tallyOfLines } from './copy-line.ts'
import { itemsIn, systemItemsOf } from './tally-tenant.ts'
import { bytesOf, type CopyPlace, filePrefixes, linesOf, type TenantParts } from './tenant-parts.ts'

/** So many partitions make one part: what a run that was interrupted does again at most. */
const partitionsInPart = 500

const itemsKey = (folder: string) => `${folder}/items.jsonl`
export const copiedFile = (folder: string, key: string) => `${folder}/files/${key}`

interface Job {
  ctx: Context
  system: SystemContext
  parts: TenantParts
  to: CopyPlace
  folder: string
}

/** Keeps lines once: what is there already was written by a run before. */
async function keep({ to }: Job, key: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
  if ((await to.size(key)) === undefined) await to.write(key, 'application/x-ndjson', bytesOf(lines))
}

async function* lines(items: AsyncIterable<PlacedItem>): AsyncGenerator<string> {
  for await (const item of items) yield lineOf(item)
}

/**
 * Writes the items of all partitions, a round at a time: the first is nearly all of them, a further one what came up meanwhile. Each
 * round is written down before its parts. Answers the keys of the parts.
 */
async function writeParts(job: Job): Promise<string[]> {
  const { ctx, parts, to, folder } = job
  const known = new Set<string>()
  const written: string[] = []
  for (let round = 0; ; round++) {
    const listKey = `${folder}/partitions-${round}`
    if ((await to.size(listKey)) === undefined) {
      const added = (await everyPartition(ctx, parts.partitions)).filter((partition) => !known.has(partition))
      if (added.length === 0) return written
      await keep(job, listKey, added)
    }
    const list: string[] = []
    for await (const partition of linesOf(to, listKey)) list.push(partition)
    for (const partition of list) known.add(partition)
    for (let i = 0; i < list.length; i += partitionsInPart) {
      const key = `${folder}/part-${round}-${i / partitionsInPart}`
      await keep(job, key, lines(itemsIn(ctx, list.slice(i, i + partitionsInPart))))
      written.push(key)
    }
  }
}

async function* joined({ to }: Job, keys: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const key of keys) yield* to.read(key)
}

/** What a kept copy comes to. */
async function tallyOf(place: CopyPlace, folder: string): Promise<Tally> {
  const tally = tallyOfLines()
  for await (const line of linesOf(place, itemsKey(folder))) tally.add(line)
  return tally.sum()
}

/** The lines of a kept copy. */
export const copiedLines = (place: CopyPlace, folder: string): AsyncGenerator<string> => linesOf(place, itemsKey(folder))

async function copyFiles({ ctx, to, folder }: Job): Promise<void> {
  for (const prefix of filePrefixes(ctx))
    for await (const key of ctx.files.list(prefix)) {
      const target = copiedFile(folder, key)
      if ((await to.size(target)) === undefined) await to.write(target, 'application/octet-stream', ctx.files.read(key))
    }
}

/**
 * Copies all that a tenant has into a folder: `items.jsonl`, one item to a line, those under `SYS#` last, and its files beside it. It
 * reads by Query alone. A run that was interrupted goes on where it stopped. What is changed meanwhile is in it as it was, or as it
 * became: for one moment of all, stop the writing first.
 */
export async function exportTenant(
  ctx: Context,
  system: SystemContext,
  parts: TenantParts,
  { to, folder }: { to: CopyPlace; folder: string },
): Promise<Tally> {
  const job: Job = { ctx, system, parts, to, folder }
  if ((await to.size(itemsKey(folder))) === undefined) {
    const keys = await writeParts(job)
    const last = `${folder}/part-system`
    await keep(job, last, lines(systemItemsOf(ctx, system, parts)))
    await copyFiles(job)
    await to.write(itemsKey(folder), 'application/x-ndjson', joined(job, [...keys, last]))
  }
  for await (const key of to.list(`${folder}/part`)) await to.remove(key)
  return tallyOf(to, folder)
}
