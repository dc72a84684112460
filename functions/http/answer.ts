import type { StoredAnswer } from '../../domain/kernel/context.ts'
import { Problem, statusOfKind } from '../../domain/kernel/errors.ts'
import type { FileAnswer } from '../../domain/kernel/file-answer.ts'

export const jsonType = 'application/json; charset=utf-8'
const problemType = 'application/problem+json; charset=utf-8'

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid input',
  429: 'Too many requests',
  500: 'Our mistake',
}

/** The RFC 9457 document of an error. What is no Problem is a bug: 500 without its text. */
export function problemAnswer(error: unknown, requestId: string): StoredAnswer {
  const problem =
    error instanceof Problem
      ? error
      : new Problem('internal', 'internal', 'Something went wrong on our side. The request id helps us to find it.', { retryable: true })
  const status = statusOfKind[problem.kind]
  const document = {
    type: `urn:guanxi:problem:${problem.code}`,
    title: titles[status],
    status,
    code: problem.code,
    detail: problem.message,
    errors: problem.more.errors ?? [],
    requestId,
    retryable: problem.more.retryable ?? false,
    ...problem.more.extra,
  }
  return { status, headers: { 'content-type': problemType, ...problem.more.headers }, body: JSON.stringify(document) }
}

/** The name for every client: plain letters for the old ones, UTF-8 beside them (RFC 6266). */
const dispositionOf = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** A file, to be saved: never shown as a page of our own address. */
export function fileResponse(status: number, { name, contentType, content, url }: FileAnswer): StoredAnswer {
  if (url) return { status: 303, headers: { location: url }, body: '' }
  const headers = { 'content-type': contentType, 'content-disposition': dispositionOf(name) }
  if (typeof content === 'string') return { status, headers, body: content }
  return { status, headers, body: Buffer.from(content).toString('base64'), isBase64: true }
}
