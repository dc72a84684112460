import * as z from 'zod'
import type { ZodOpenApiOverride } from 'zod-openapi'
import { Money } from '../../../domain/kernel/money.ts'
import { DuplicateCandidate } from '../../../domain/parties/duplicate/duplicate-candidate.ts'

const longestByFormat: Record<string, number> = { date: 10, 'date-time': 40, email: 254, uri: 2048 }
const longestAnswer = 100_000
const mostRows = 1000

/**
 * Says what every value is limited to, so that a client knows how much room it needs: the limits of the schema where it has
 * some, else those that hold everywhere (an array of at most 1,000 entries, whole numbers that JavaScript keeps exactly).
 */
export const limits: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.type === 'string' && !jsonSchema.enum && jsonSchema.const === undefined) {
    jsonSchema.maxLength ??= longestByFormat[jsonSchema.format ?? ''] ?? (isIdPattern(jsonSchema.pattern) ? 40 : longestAnswer)
    if (!jsonSchema.format) jsonSchema.pattern ??= '^[^\\x00]*$'
  }
  if (jsonSchema.type === 'array') {
    jsonSchema.maxItems ??= mostRows
    // What was left out is answered as an empty list.
    if (Array.isArray(jsonSchema.default) && jsonSchema.default.length < (jsonSchema.minItems ?? 0)) jsonSchema.minItems = 0
  }
  if (jsonSchema.type === 'integer') jsonSchema.format ??= 'int64'
}

const isIdPattern = (pattern: string | undefined) => pattern?.endsWith('{25}$') ?? false

const FieldError = z.object({
  pointer: z.string().max(1000).meta({ description: 'JSON pointer to the place in the body; empty for the body itself.' }),
  code: z.string().max(100).meta({ description: 'Stable, such as `required` or `unknown-property`.' }),
  message: z.string().max(1000).meta({ description: 'What is wrong there.' }),
})

const id = (description: string) => z.string().max(100).optional().meta({ description })
const amount = (description: string) => Money.nullable().optional().meta({ description })

/** What some refusals name, so that a program need not read it out of a sentence. */
const related = {
  survivorId: id('The customer that the one asked for was merged into.'),
  mergeId: id('The merge that has to end first.'),
  handoverId: id('The handover that has to end first.'),
  customerId: id('The customer that was refused, or that a lead became.'),
  contactId: id('The contact that a lead became.'),
  leadId: id('The open lead that is there already.'),
  userId: id('Who was refused.'),
  from: z.string().max(100).optional().meta({ description: 'From when on it is possible.' }),
  limit: amount('The credit limit; null for none.'),
  exposure: amount('What the credit would come to.'),
  overdue: amount('What is overdue.'),
  oldestDays: z.int().optional().meta({ description: 'Days that the oldest is overdue.' }),
  outstanding: amount('What is still outstanding.'),
  flags: z.array(z.string().max(100)).max(20).optional().meta({ description: 'Which limits are exceeded.' }),
}

/** RFC 9457, with what every error of ours carries. */
export const Problem = z
  .object({
    type: z.string().max(200).meta({ description: '`urn:guanxi:problem:` and the code.' }),
    title: z.string().max(100).meta({ description: 'The status in words.' }),
    status: z.int().min(400).max(599),
    code: z.string().max(100).meta({ description: 'Stable name of what went wrong, such as `customer.not-found`.' }),
    detail: z.string().max(4000).meta({ description: 'What is wrong and what to do.' }),
    errors: z.array(FieldError).max(1000).meta({ description: 'The faults of the input, one by one.' }),
    requestId: z.string().max(100).meta({ description: 'The X-Request-Id of the request.' }),
    maximum: z.int().optional().meta({ description: 'How many of these one request takes, where it was too many.' }),
    candidates: z
      .array(DuplicateCandidate)
      .max(20)
      .optional()
      .meta({ description: 'Who seems to be the same customer, as far as you may see them.' }),
    override: z
      .object({ token: z.string().max(4000), expiresAt: z.string().meta({ format: 'date-time' }) })
      .optional()
      .meta({ description: 'With its token as duplicateOverride the same body is taken all the same.' }),
    ...related,
    retryable: z.boolean().meta({ description: 'True when the same request may succeed later without a change.' }),
  })
  .meta({ id: 'Problem' })

/** The answer of a list. */
export const pageOf = (row: z.ZodType) =>
  z.object({
    data: z.array(row).max(100),
    page: z.object({ next: z.string().max(4000).nullable().meta({ description: 'The cursor of the next page; null at the end.' }) }),
  })
