import type { Actor } from '../kernel/context.ts'
import { Problem } from '../kernel/errors.ts'
import type { Role } from './permissions.ts'

interface FieldRule {
  fields: readonly string[]
  /** Roles that see the fields; the others get null. */
  readers: readonly Role[]
  /** Roles that may set them. */
  writers: readonly Role[]
}

/** Fields that not everybody who sees a record may see or set. */
const rules: Record<string, FieldRule[]> = {
  customer: [
    {
      fields: ['creditLimit', 'overdueLimit', 'holdWhenOverdueDays'],
      readers: ['admin', 'manager', 'rep', 'assistant', 'finance'],
      writers: ['admin', 'manager', 'finance'],
    },
    {
      fields: ['billing'],
      readers: ['admin', 'manager', 'rep', 'assistant', 'finance'],
      writers: ['admin', 'manager', 'rep', 'assistant', 'finance'],
    },
  ],
  contact: [
    {
      fields: ['birthday', 'qq', 'wechat'],
      readers: ['admin', 'manager', 'rep', 'assistant', 'service', 'marketer'],
      writers: ['admin', 'manager', 'rep', 'assistant', 'service'],
    },
  ],
  lead: [
    {
      fields: ['wechat'],
      readers: ['admin', 'manager', 'rep', 'assistant', 'marketer'],
      writers: ['admin', 'manager', 'rep', 'assistant', 'marketer'],
    },
  ],
  'document-line': [{ fields: ['unitCost'], readers: ['admin', 'manager', 'finance', 'purchasing'], writers: [] }],
  product: [
    {
      fields: ['cost'],
      readers: ['admin', 'manager', 'finance', 'purchasing'],
      writers: ['admin', 'manager', 'purchasing'],
    },
  ],
}

const has = (actor: Actor, allowed: readonly Role[]) =>
  actor.kind === 'system' || actor.roles.some((role) => allowed.includes(role as Role))

/** Names of the fields of a noun that the actor may not see. */
export const hiddenFields = (actor: Actor, noun: string): string[] =>
  (rules[noun] ?? []).filter((rule) => !has(actor, rule.readers)).flatMap((rule) => rule.fields)

/** The record without what the actor may not see; the response schema turns what is missing into null. */
export function withoutHidden<T extends object>(actor: Actor, noun: string, record: T): T {
  const hidden = hiddenFields(actor, noun)
  if (hidden.length === 0) return record
  return Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.includes(name))) as T
}

/** 403 `field.forbidden` when the input sets a field that the actor's roles may not set. */
export function requireWritableFields(actor: Actor, noun: string, input: object): void {
  const forbidden = (rules[noun] ?? []).filter((rule) => !has(actor, rule.writers)).flatMap((rule) => rule.fields)
  const errors = Object.keys(input)
    .filter((name) => forbidden.includes(name) && (input as Record<string, unknown>)[name] !== undefined)
    .map((name) => ({ pointer: `/${name}`, code: 'field.forbidden', message: 'Your role may not set this.' }))
  if (errors.length > 0) throw new Problem('forbidden', 'field.forbidden', 'Your role may not set one of these fields.', { errors })
}
