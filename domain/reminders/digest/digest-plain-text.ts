import { localDate } from '../../kernel/dates.ts'
import { oneLine } from '../../kernel/html.ts'
import { weekdayText } from '../wording.ts'
import type { Digest, DigestLine, DigestReader, DigestSection } from './digest.ts'
import { type DigestTexts, digestTexts, owedText, ownerOf, subjectOf } from './digest-texts.ts'
import { headingOf } from './section-words.ts'

/** The digest for readers without HTML: a block per section, three short lines per customer. */
export function digestPlainText(digest: Digest, reader: DigestReader): string {
  const texts = digestTexts[reader.locale]
  return [
    texts.greeting(oneLine(reader.userName)),
    weekdayText(digest.day, reader.locale, digest.day),
    ...digest.sections.flatMap((section) => sectionText(section, digest.day, reader, texts)),
    '',
    '--',
    texts.footer(oneLine(reader.tenantName)),
    texts.private,
    '',
  ].join('\n')
}

function sectionText(section: DigestSection, day: string, reader: DigestReader, texts: DigestTexts): string[] {
  const heading = `${headingOf(section, reader.locale, day)} (${section.customers})`
  const lines = section.lines.flatMap((line) => ['', ...lineText(line, section, day, reader, texts)])
  const sum = section.owed ? [owedText(section.owed, reader, day)] : []
  return ['', `== ${heading} ==`, ...sum, ...lines, ...(section.more > 0 ? ['', texts.more(section.more)] : [])]
}

function lineText(line: DigestLine, section: DigestSection, day: string, reader: DigestReader, texts: DigestTexts): string[] {
  const mark = texts.mark(line.daysLate, line.dueOn, section, day)
  const facts = [
    ownerOf(line, texts),
    texts.lastContact(line.lastContactAt && localDate(line.lastContactAt, reader.timeZone), day),
    line.phone && oneLine(line.phone, 40),
  ]
  return [
    `* ${[oneLine(line.customerName), mark].filter(Boolean).join(' | ')}`,
    `  ${oneLine(subjectOf(line, section, day, reader), 200)}`,
    `  ${facts.filter(Boolean).join(' | ')}`,
    ...(line.link ? [`  ${texts.log}: ${line.link}`] : []),
  ]
}
