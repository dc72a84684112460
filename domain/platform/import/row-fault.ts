import type { Problem } from '../../kernel/errors.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'
import type { FaultItem } from './import.table.ts'

const longest = 1000

interface Candidate {
  name?: string
  owner?: { name?: string } | null
}

/** Who it would be a duplicate of, as far as the problem names them. */
function candidates(problem: Problem): string {
  const found = (problem.more.extra?.candidates ?? []) as Candidate[]
  const names = found.map(({ name, owner }) => (owner?.name ? `${name} (${owner.name})` : (name ?? ''))).filter(Boolean)
  return names.length > 0 ? ` ${names.slice(0, 5).join('; ')}` : ''
}

/** The field that a pointer into the input of the use case leads to: `/addresses/0/city` is one of `address.city`'s kind. */
function fieldAt(fields: readonly TransferField[], pointer: string): string | undefined {
  const [first = '', ...rest] = pointer.split('/').slice(1)
  const last = rest.filter((part) => !/^\d+$/.test(part)).at(-1)
  const names = [
    last ? `${first}.${last}` : '',
    first,
    `${first.replace(/Id$/, '')}.name`,
    last ? `${first.replace(/es$/, '')}.${last}` : '',
    last ? `${first.replace(/s$/, '')}.${last}` : '',
    last ?? '',
  ]
  return names.find((name) => name && fields.some((field) => field.name === name)) ?? (first || undefined)
}

/** The place of the line that a pointer leads to; the first for what is of the record itself. */
const lineAt = (pointer = ''): number => Number(/^\/lines\/(\d+)/.exec(pointer)?.[1] ?? 0)

/** What is kept and shown of rows that failed together: most are one. */
export function faultOf(fields: readonly TransferField[], [first, ...others]: readonly number[], problem: Problem): FaultItem {
  const errors = problem.more.errors ?? []
  const field = errors[0] ? fieldAt(fields, errors[0].pointer) : undefined
  const row = first!
  const told =
    problem.code === 'input.invalid'
      ? errors.map((error) => `${fieldAt(fields, error.pointer) ?? ''}: ${error.message}`).join('; ')
      : problem.message
  const group = others.length > 0 ? { others, at: [row, ...others][lineAt(errors[0]?.pointer)] ?? row } : {}
  return { row, ...group, code: problem.code, message: `${told}${candidates(problem)}`.slice(0, longest), ...(field ? { field } : {}) }
}
