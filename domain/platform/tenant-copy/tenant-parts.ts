import type { Context, FileStore, SystemContext } from '../../kernel/context.ts'
import { encodePart } from '../../store/keys.ts'
import type { PartitionSource } from '../../store/partitions.ts'
import type { SystemPlace } from '../../store/system.ts'

/** Everything by which the things of a tenant are found: each context names its own (functions/tenant-parts.ts). */
export interface TenantParts {
  partitions: readonly PartitionSource[]
  /** Where a tenant stands under `SYS#`. */
  places: readonly ((ctx: Context, system: SystemContext) => Promise<SystemPlace[]>)[]
}

/** Where the bytes of a tenant lie in the file store. */
export const filePrefixes = (ctx: Context): string[] =>
  ['', 'imports/', 'exports/', 'campaigns/', 'printed/'].map((kind) => `${kind}${encodePart(ctx.tenant.id)}/`)

/** Where a copy is kept: a folder or a bucket. */
export type CopyPlace = Pick<FileStore, 'size' | 'read' | 'write' | 'remove' | 'list'>

/** Where the tenant stands under `SYS#`, by all contexts. */
export const systemPlaces = async (ctx: Context, system: SystemContext, { places }: TenantParts): Promise<SystemPlace[]> =>
  (await Promise.all(places.map((place) => place(ctx, system)))).flat()

/** The lines of a kept text, as they come. */
export async function* linesOf(place: CopyPlace, key: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of place.read(key)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest) yield rest
}

const encoder = new TextEncoder()
const chunkLines = 500

/** Lines as bytes, some hundred to a piece. */
export async function* bytesOf(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let waiting: string[] = []
  for await (const line of lines) {
    waiting.push(`${line}\n`)
    if (waiting.length < chunkLines) continue
    yield encoder.encode(waiting.join(''))
    waiting = []
  }
  if (waiting.length > 0) yield encoder.encode(waiting.join(''))
}
