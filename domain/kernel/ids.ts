import { randomBytes } from 'node:crypto'
import * as z from 'zod'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const timeChars = 10
const partitionChars = 10
const ulid = '[0-7][0-9A-HJKMNP-TV-Z]{25}'

/** Times before 1970 sort as 1970: a ULID knows no earlier one. */
function encodeTime(milliseconds: number): string {
  let rest = Math.max(0, milliseconds)
  let text = ''
  for (let i = 0; i < timeChars; i++) {
    text = crockford[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

/** Random bytes are made by the thousand: asking for a few costs as much. */
const atOnce = 4096
let pool = Buffer.alloc(0)
let used = 0

function randomChars(length: number): string {
  if (used + length > pool.length) [pool, used] = [randomBytes(atOnce), 0]
  let text = ''
  for (const byte of pool.subarray(used, used + length)) text += crockford[byte & 31]
  used += length
  return text
}

/** The next value of the same length, so that ids of one customer made within one millisecond keep their order. */
function increment(tail: string): string {
  const digits = [...tail]
  for (let i = digits.length - 1; i >= 0; i--) {
    const value = crockford.indexOf(digits[i]!)
    if (value < 31) {
      digits[i] = crockford[value + 1]!
      return digits.join('')
    }
    digits[i] = '0'
  }
  return digits.join('')
}

let last = { time: '', tail: '' }

/**
 * A new id `<prefix>_<ULID>`. With `within`, the id of a customer (or of anything of a customer), the first ten random
 * characters are that customer's, so the customer's partition is found from the id alone and a get needs one call
 * (docs/adr/0002-ids-carry-the-partition.md).
 */
export function newId(prefix: string, at: string, within?: string): string {
  const time = encodeTime(Date.parse(at))
  const tail = time === last.time ? increment(last.tail) : randomChars(6)
  last = { time, tail }
  return `${prefix}_${time}${within ? partitionOf(within) : randomChars(partitionChars)}${tail}`
}

/** The ten characters of an id that name the partition of its customer. */
export function partitionOf(id: string): string {
  const start = id.indexOf('_') + 1 + timeChars
  return id.slice(start, start + partitionChars)
}

/** An id in a partition, to find the customer that the partition is of; it names no record itself. */
export const anyIdIn = (partition: string): string => `cus_${'0'.repeat(timeChars)}${partition}${'0'.repeat(6)}`

/**
 * The id as it would be had it been made at another instant, or as a business day begins in UTC: where a record sorts whose time
 * was corrected, or which is listed by its day.
 */
export function datedId(id: string, at: string): string {
  const start = id.indexOf('_') + 1
  return `${id.slice(0, start)}${encodeTime(Date.parse(at))}${id.slice(start + timeChars)}`
}

/** When an id was made, in milliseconds. */
export function madeAt(id: string): number {
  const start = id.indexOf('_') + 1
  let time = 0
  for (let i = start; i < start + timeChars; i++) time = time * 32 + crockford.indexOf(id[i]!)
  return time
}

/**
 * The smallest id of an instant, or of a day: ids made at or after it sort behind it. Turns a range of createdAt, or of days, into
 * a range of ids.
 */
export function firstIdAt(prefix: string, at: string): string {
  return `${prefix}_${encodeTime(Date.parse(at))}${'0'.repeat(16)}`
}

/** Schema of an id with the given prefix, e.g. `cus_01JD…`. */
export function idOf(prefix: string) {
  return z.string().regex(new RegExp(`^${prefix}_${ulid}$`), `must be an id that begins with ${prefix}_`)
}

/** True for a well-formed id of that prefix. */
export function isId(prefix: string, value: string): boolean {
  return value.length === prefix.length + 27 && new RegExp(`^${prefix}_${ulid}$`).test(value)
}

/** What stands behind the prefix of an id. */
export const ulidOf = (id: string): string => id.slice(id.indexOf('_') + 1)
