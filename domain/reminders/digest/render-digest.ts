import { oneLine } from '../../kernel/html.ts'
import type { Digest, DigestReader } from './digest.ts'
import { digestHtml } from './digest-html.ts'
import { digestPlainText } from './digest-plain-text.ts'
import { subjectLine } from './section-words.ts'

/** The mail of a digest: a subject with the counts, HTML, and the same as plain text. */
export function renderDigest(digest: Digest, reader: DigestReader): { subject: string; html: string; text: string } {
  const counts = Object.fromEntries(digest.sections.map(({ kind, customers }) => [kind, customers]))
  const subject = oneLine(subjectLine(counts, reader.locale))
  return { subject, html: digestHtml(digest, reader, subject), text: digestPlainText(digest, reader) }
}
