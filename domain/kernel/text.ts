import * as z from 'zod'

// Control characters, lone surrogates, noncharacters and the bidirectional overrides that make a name read as another one.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/
// Nothing more is asked of such a text: what follows may encode it, and a lone surrogate cannot be.
const unclean = { error: 'must not contain control characters or invalid Unicode', abort: true }

// Letters that show nothing: a name of them could not be read, clicked or told from another one.
const isVisible = (value: string) => /[^\s\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(value)
const invisibleMessage = 'must hold something that can be seen'

const isClean = (value: string) => !forbidden.test(value) && value.isWellFormed()

/** One line of text for people: 1 to `max` characters, no control characters or line breaks, white space at the ends removed. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => isClean(value) && !/[\t\r\n\u2028\u2029]/.test(value), unclean)
    .refine((value) => value === '' || isVisible(value), invisibleMessage)
}

/** Text of several lines, 1 to `max` characters. */
export function paragraph(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(isClean, unclean)
    .refine((value) => value === '' || isVisible(value), invisibleMessage)
}

/** An e-mail address, lower-cased. Quoted local parts and domain literals are refused: no firm uses them, injections do. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
    'must be an e-mail address',
  )

/** A phone number as people write it. What numbers are equal is decided by the duplicate check, not here. */
export const Phone = z
  .string()
  .trim()
  .min(3)
  .max(40)
  .regex(/^[+0-9(][0-9 ()./xX#*,\-–转]*$/, 'must be a phone number')

/** The caller's own key of a record, unique per tenant and type; any characters but control characters. */
export const ExternalId = line(255)

/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter ISO country code')

/** The languages the product speaks. */
export const Locale = z.enum(['zh-CN', 'en'])
export type Locale = z.infer<typeof Locale>

/** What somebody wrote, as a message repeats it: in quotation marks, and its beginning only. */
export const quoted = (text: string): string => JSON.stringify(text.slice(0, 60))
