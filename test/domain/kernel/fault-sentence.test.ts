import { expect, test } from 'vitest'
import * as z from 'zod'
import { fieldErrors } from '../../../domain/kernel/parse-input.ts'

function sentenceOf(schema: z.ZodType, input: unknown): string | undefined {
  const { error } = schema.safeParse(input, { reportInput: true })
  return error && fieldErrors(error)[0]?.message
}

test.each<[string, z.ZodType, unknown]>([
  ['must not be empty', z.string().min(1), ''],
  ['must have at least 3 characters', z.string().min(3), 'x'],
  ['must have at most 1 character', z.string().max(1), 'xy'],
  ['must not be empty', z.array(z.string()).min(1), []],
  ['must have at most 2 entries', z.array(z.string()).max(2), ['a', 'b', 'c']],
  ['must be at least 1', z.int().min(1), 0],
  ['must be more than 0', z.number().positive(), 0],
  ['must be at most 9', z.number().max(9), 10],
  ['must be one of: csv, xlsx', z.enum(['csv', 'xlsx']), 'pdf'],
  ['must be a text, not null', z.string(), null],
  ['must be a whole number', z.int(), 1.5],
  ['must be a list, not a text', z.array(z.string()), 'x'],
  ['must be a text, a number or a list', z.union([z.string(), z.number(), z.array(z.string())]), { a: 1 }],
  ['This is required.', z.object({ name: z.string() }), {}],
  ['must be a phone number', z.string().refine(() => false, 'must be a phone number'), 'x'],
])('%s', (sentence, schema, input) => {
  expect(sentenceOf(schema, input)).toBe(sentence)
})
