import * as z from 'zod'

/** How often the counter of a document's numbers begins again. */
const resets = ['yearly', 'monthly', 'daily', 'never'] as const

/** What of the date a pattern must show so that no two periods give the same number. */
const needed: Record<(typeof resets)[number], readonly string[]> = {
  yearly: ['Y'],
  monthly: ['Y', 'M'],
  daily: ['Y', 'M', 'D'],
  never: [],
}

/** A piece of a pattern: `{YYYY}`, `{YY}`, `{MM}`, `{DD}`, the counter `{N}` or `{N:4}`, or plain text. */
export const patternPiece = /\{(YYYY|YY|MM|DD|N(?::[1-9])?)\}|([^{}]+)/g

const hasOnlyPieces = (pattern: string) => pattern.replace(patternPiece, '') === ''
const hasOneCounter = (pattern: string) => pattern.match(/\{N/g)?.length === 1

const NumberRule = z
  .strictObject({
    pattern: z
      .string()
      .max(40)
      .regex(/^[\p{L}\p{N} ._/:{}()-]+$/u, 'must hold letters, digits, spaces, ._/:()- and the parts in braces only')
      .refine(hasOnlyPieces, 'knows the parts {YYYY}, {YY}, {MM}, {DD}, {N} and {N:4} only')
      .refine(hasOneCounter, 'must have the counter {N} or {N:4} once')
      .meta({
        description: 'Text with {YYYY}, {YY}, {MM}, {DD} of the business date and the counter {N} or, of so many digits at least, {N:4}.',
        // For readers whose patterns know no Unicode: of what is not ASCII, letters and digits are taken.
        pattern: '^[A-Za-z0-9 ._/:{}()\\-\\u0080-\\uffff]+$',
      }),
    reset: z.enum(resets).meta({ description: 'When the counter begins again at 1.' }),
  })
  .superRefine(({ pattern, reset }, check) => {
    const lacking = needed[reset].filter((part) => !pattern.includes(`{${part}`))
    if (lacking.length === 0) return
    const message = `must show the date as far as the counter is reset ${reset}: without {${lacking[0]!.repeat(2)}} numbers would come again`
    check.addIssue({ code: 'custom', path: ['pattern'], message })
  })
export type NumberRule = z.output<typeof NumberRule>

const monthly = (text: string): NumberRule => ({ pattern: `${text}{YYYY}{MM}-{N:4}`, reset: 'monthly' })

/** How documents are numbered where the tenant says nothing. */
export const defaultNumbering = {
  quote: monthly('QT'),
  order: monthly('SO'),
  shipment: monthly('DN'),
  receivable: monthly('AR'),
  receipt: monthly('RC'),
  creditNote: monthly('CN'),
  writeOff: monthly('WO'),
} satisfies Record<string, NumberRule>

/** The kinds of documents that are numbered. */
export type NumberKind = keyof typeof defaultNumbering

const kinds = Object.keys(defaultNumbering) as NumberKind[]
const ofEachKind = <T>(of: (kind: NumberKind) => T) => Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Record<NumberKind, T>

/** The rules of the tenant as it is shown them: its own, else ours. */
export const ShownNumbering = z
  .strictObject(ofEachKind((kind) => NumberRule.default(defaultNumbering[kind])))
  .prefault({})
  .meta({ id: 'Numbering' })

/** A change of some rules; null goes back to ours. */
export const ChangeNumbering = z.strictObject(ofEachKind(() => NumberRule.nullish())).meta({ id: 'ChangeNumbering' })

export const Numbering = z.strictObject(ofEachKind(() => NumberRule.optional()))
