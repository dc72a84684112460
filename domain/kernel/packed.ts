import { comparable, type Held, type SearchField } from './search-fields.ts'

/**
 * A compact projection as one string: parts with a separator that no text may contain and JSON need not escape, so that
 * a hundred thousand of them are read at the speed of JSON. Lists have a separator of their own.
 */
const between = '\u007f'
const listed = '\u0080'
/** Stands for a part that did not fit. */
const tooLong = '\u0081'
// Text never has them (kernel/text.ts); this makes sure.
const reserved = /[\u007f-\u0081]/g

/** What a projection says of a field that it does not hold. */
export const absent = Symbol('absent')

/** A list, or one text, as a part. */
export const partOf = (held: Held): string => {
  if (held === undefined) return ''
  return typeof held === 'object' ? held.map((one) => String(one).replace(reserved, '')).join(listed) : String(held).replace(reserved, '')
}

/** The parts in at most `room` bytes: what does not fit is left out from the end, and says so. */
export function packed(parts: readonly string[], room: number): string {
  const kept = [...parts]
  let bytes = Buffer.byteLength(parts.join(between))
  for (let i = kept.length - 1; i >= 0 && bytes > room; i--) {
    const saved = Buffer.byteLength(kept[i]!) - Buffer.byteLength(tooLong)
    if (saved <= 0) continue
    kept[i] = tooLong
    bytes -= saved
  }
  return kept.join(between)
}

/** The parts of a projection. */
export const unpacked = (text: string): string[] => text.split(between)

/** A text part. */
export const textAt = (parts: readonly string[], i: number): string | undefined | typeof absent => {
  const part = parts[i]
  return part === tooLong ? absent : part === '' ? undefined : part
}

/** A list part. */
export const listAt = (parts: readonly string[], i: number): readonly string[] | undefined | typeof absent => {
  const part = parts[i]
  return part === tooLong ? absent : part === '' || part === undefined ? undefined : part.split(listed)
}

/** A number, such as a day or a moment, in few characters. */
export const numberPart = (held: Held): string => (held === undefined ? '' : (held as number).toString(36))
export const numberAt = (parts: readonly string[], i: number): number | undefined =>
  parts[i] === '' ? undefined : Number.parseInt(parts[i]!, 36)

/** Options and flags as one character each. */
export const codePart = (fields: readonly SearchField[], values: readonly unknown[]): string =>
  fields
    .map((field, i) => {
      const held = comparable(field, values[i])
      return held === undefined ? '-' : typeof held === 'boolean' ? (held ? '1' : '0') : (held as number).toString(36)
    })
    .join('')

/** The code at a place of the first part: an option's place in its list, or a flag. */
export function codeAt(field: SearchField, parts: readonly string[], i: number): number | boolean | undefined {
  const code = parts[0]![i]!
  if (code === '-') return undefined
  return field.kind === 'flag' ? code === '1' : Number.parseInt(code, 36)
}

/** True for a part that did not fit. */
export const isAbsent = (parts: readonly string[], i: number): boolean => parts[i] === tooLong
