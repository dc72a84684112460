import { isDeepStrictEqual } from 'node:util'
import type * as z from 'zod'
import { isObject, parseInput } from './parse-input.ts'

/** An object without its null and undefined fields, as records are stored. */
export function compact<T extends object>(input: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined)) as never
}

/** Two shapes of a union (prepaid, monthly) have no fields to merge: the new value takes the place of the old one. */
const isOtherKind = (before: Record<string, unknown>, after: Record<string, unknown>) => 'kind' in after && before.kind !== after.kind

function mergeObjects(target: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...target }
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key]
    if (value === undefined) continue
    if (value === null) delete merged[key]
    else if (!isObject(value)) merged[key] = value
    else merged[key] = mergeObjects(isObject(before) && !isOtherKind(before, value) ? before : {}, value)
  }
  return merged
}

/** JSON Merge Patch (RFC 7396) of a record; the result is checked against the record's schema (422). */
export function mergePatch<T extends object>(schema: z.ZodType, record: T, changes: object): T {
  const merged = mergeObjects(record as Record<string, unknown>, changes as Record<string, unknown>)
  parseInput(schema, merged)
  return merged as T
}

/** Maps come back from the table in any order of their names, so that order says nothing; that of a list does. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b) || isDeepStrictEqual(a, b)

/** Names of the fields in which two states of a record differ, for the event of the change. */
export function changedFields(before: object, after: object): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const value = (record: object, name: string) => (record as Record<string, unknown>)[name]
  return [...names].filter((name) => !['version', 'updatedAt'].includes(name) && !isSame(value(before, name), value(after, name))).sort()
}
