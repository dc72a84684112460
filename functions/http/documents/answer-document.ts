import type { Context } from '../../../domain/kernel/context.ts'
import { type FileAnswer, fileAnswer } from '../../../domain/kernel/file-answer.ts'
import { contentTypeOf, documentFormats, type MadeDocument } from '../../../domain/platform/document/make-document.ts'
import { encodePart } from '../../../domain/store/keys.ts'

/** What routes of documents answer with. */
export const documentFiles = documentFormats.map((format) => contentTypeOf[format].split(';', 1)[0]!)

/** A Lambda answers 6 MB, and bytes grow by a third on their way. */
const largestAnswer = 4_400_000

async function* once(bytes: Uint8Array) {
  yield bytes
}

/** A document as the answer itself; one that is too large is put into the file store for a day, and the answer says where. */
export async function answerDocument(ctx: Context, made: MadeDocument): Promise<FileAnswer> {
  const bytes = Buffer.from(made.content)
  if (bytes.length <= largestAnswer) return fileAnswer(made)
  const key = `printed/${encodePart(ctx.tenant.id)}/${ctx.newId('doc')}`
  await ctx.files.write(key, made.contentType, once(bytes))
  return fileAnswer({ ...made, url: await ctx.files.downloadUrl(key, made.name) })
}
