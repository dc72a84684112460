import * as z from 'zod'
import { Locale, line, paragraph } from '../../kernel/text.ts'

/** The levels of dunning (催款), from a word to a warning. */
export const dunningLevels = ['friendly', 'firm', 'final'] as const
export type DunningLevel = (typeof dunningLevels)[number]

/** What texts may name: `{{ customer }}`. */
const dunningFields = ['customer', 'contact', 'firm', 'total', 'count', 'oldestDays', 'today'] as const

const known = new Set<string>(dunningFields)
const braces = /\{\{([^{}]*)\}\}|[{}]{2}|\{%|%\}/g

/** Only the known fields, each as `{{ name }}`: what names anything else would come to a customer as it stands. */
function hasKnownFields(text: string): boolean {
  return [...text.matchAll(braces)].every(([, name]) => name !== undefined && known.has(name.trim()))
}
const fieldsMessage = `may name ${dunningFields.map((name) => `{{ ${name} }}`).join(', ')} and nothing else`

const Text = z.strictObject({
  subject: line(200).refine(hasKnownFields, fieldsMessage),
  body: paragraph(4000).refine(hasKnownFields, fieldsMessage),
})

const Level = z
  .strictObject({
    level: z.enum(dunningLevels),
    daysAfterDue: z.int().min(1).max(365).meta({ description: 'Days over the due day from which on it is sent; 1 is the day after.' }),
    active: z.boolean().default(true),
    texts: z
      .partialRecord(Locale, Text)
      .optional()
      .meta({ description: `By language; ours where there is none. They ${fieldsMessage}. The receivables stand below.` }),
  })
  .meta({ id: 'DunningLevel' })

/** Levels come once each, a stronger one later than a milder one. */
function isRising(levels: { level: DunningLevel; daysAfterDue: number }[]): boolean {
  const days = dunningLevels.flatMap((level) => levels.filter((one) => one.level === level).map(({ daysAfterDue }) => daysAfterDue))
  return new Set(levels.map(({ level }) => level)).size === levels.length && days.every((day, i) => i === 0 || day > days[i - 1]!)
}

export const DunningSettings = z
  .array(Level)
  .max(dunningLevels.length)
  .refine(isRising, 'must name each level once, a stronger one for more days than a milder one')
  .meta({ description: 'Mails to customers about what is overdue, by level. Empty: none are sent.' })
export type DunningSettings = z.output<typeof DunningSettings>

/** Whether customers are dunned at all. */
export const duns = ({ dunning = [] }: { dunning?: DunningSettings | undefined }): boolean => dunning.some(({ active }) => active)
