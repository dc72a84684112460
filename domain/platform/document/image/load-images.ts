import type { Context } from '../../../kernel/context.ts'
import { findMany } from '../../../store/read.ts'
import type { DocumentImage } from '../letterhead.ts'
import { documentImages, imageStoredAt } from './document-image.table.ts'
import type { DocumentImageRecord } from './document-image.ts'

/** Pictures a function has read; their bytes never change. Some tenants' logos and seals, 500 KiB at most each. */
const kept = new Map<string, DocumentImage>()
const mostKept = 60

async function readBytes(ctx: Context, id: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of ctx.files.read(imageStoredAt(ctx, id))) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Pictures by id for the documents of the tenant; one that is not there any more is left out. */
export async function loadImages(ctx: Context, ids: readonly string[]): Promise<Map<string, DocumentImage>> {
  const keyOf = (id: string) => `${ctx.tenant.id}/${id}`
  const unknown = [...new Set(ids)].filter((id) => !kept.has(keyOf(id)))
  if (kept.size + unknown.length > mostKept) kept.clear()
  const wanted = unknown.map((id) => ({ entity: documentImages, id }))
  const records = [...(await findMany(ctx, wanted)).values()] as DocumentImageRecord[]
  for (const { id, width, height, contentType } of records) {
    const type = contentType === 'image/png' ? ('png' as const) : ('jpeg' as const)
    kept.set(keyOf(id), { type, width, height, bytes: await readBytes(ctx, id) })
  }
  return new Map(ids.flatMap((id) => (kept.has(keyOf(id)) ? [[id, kept.get(keyOf(id))!] as const] : [])))
}
