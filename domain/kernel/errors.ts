/** What can go wrong, and the HTTP status each kind is answered with. The only such table. */
export const statusOfKind = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'version-mismatch': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  invalid: 422,
  'rate-limited': 429,
  internal: 500,
} as const

type ProblemKind = keyof typeof statusOfKind

/** One fault inside the input: a JSON pointer to the place, a stable code and a sentence. */
export interface FieldError {
  pointer: string
  code: string
  message: string
}

interface ProblemMore {
  errors?: FieldError[]
  /** True when the same request may succeed later without a change. */
  retryable?: boolean
  headers?: Record<string, string>
  /** Extra members of the problem document, e.g. `current` on 412. */
  extra?: Record<string, unknown>
}

/**
 * The one error of the domain. `code` is stable and documented (`quote.expired`), `detail` says what to do.
 * Anything else that is thrown is a bug and becomes a 500 without its text.
 */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly code: string
  readonly more: ProblemMore

  constructor(kind: ProblemKind, code: string, detail: string, more: ProblemMore = {}) {
    super(detail)
    this.name = 'Problem'
    this.kind = kind
    this.code = code
    this.more = more
  }
}

/** A thing that does not exist, belongs to another tenant or lies outside the caller's scope: all three look the same. */
export function notFound(noun: string, pointer?: string): Problem {
  const detail = `No such ${noun}, or it is not yours to see.`
  const code = `${noun}.not-found`
  return new Problem('not-found', code, detail, pointer ? { errors: [{ pointer, code, message: detail }] } : {})
}

/** Input that is well-formed but breaks a rule, at one place. */
export function invalid(code: string, pointer: string, message: string): Problem {
  return new Problem('invalid', code, message, { errors: [{ pointer, code, message }] })
}

/**
 * The item changed between read and write. Never shown to a caller: whoever runs the use case runs it again
 * (`retryStale`), and only when that keeps failing it becomes the 409 it says.
 */
export class StaleWrite extends Problem {
  constructor() {
    super('conflict', 'write.conflict', 'Others are changing the same record right now. Send the request again.', { retryable: true })
  }
}

/**
 * The mail service did not take the mail: certainly nothing was sent. Any other error of a `Mailer` leaves that open.
 * `passing` when the same mail may be taken later without a change (throttling, a pause, no connection).
 */
export class MailRefused extends Error {
  readonly passing: boolean

  constructor(reason: string, passing: boolean, options?: ErrorOptions) {
    super(`The mail was not taken: ${reason}`, options)
    this.name = 'MailRefused'
    this.passing = passing
  }
}

/** The problem as that of one entry of a list: its pointers lead through the entry. */
export function within(problem: Problem, pointer: string): Problem {
  const own = problem.more.errors ?? [{ pointer: '', code: problem.code, message: problem.message }]
  const errors = own.map((error) => ({ ...error, pointer: `${pointer}${error.pointer}` }))
  return new Problem(problem.kind, problem.code, `${pointer}: ${problem.message}`, { ...problem.more, errors })
}
