import type * as z from 'zod'
import { Problem } from '../../domain/kernel/errors.ts'
import { parseInput } from '../../domain/kernel/parse-input.ts'

/** The codes of the faults that an input has for a schema, or a call for its rules; none when all is right. */
export function codesOf(rules: z.ZodType | (() => unknown), input?: unknown): string[] {
  try {
    if (typeof rules === 'function') rules()
    else parseInput(rules, input)
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.more.errors?.map(({ code }) => code) ?? [error.code]
  }
}
