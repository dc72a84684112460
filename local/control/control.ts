/** The control room under `/_local`: what a developer needs on one machine and nobody may have on AWS. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type * as z from 'zod'
import { Problem } from '../../domain/kernel/errors.ts'
import { parseInput } from '../../domain/kernel/parse-input.ts'
import { problemAnswer } from '../../functions/http/answer.ts'
import { readBody } from '../http.ts'

interface ControlAnswer {
  status?: number
  headers?: Record<string, string>
  /** Sent as it is when it is bytes or text, else as JSON. */
  body: unknown
}

export interface ControlRoute {
  method: 'GET' | 'POST'
  /** Path with `{names}`. */
  path: string
  /** What the body must be; a body that is not there counts as `{}`. */
  body?: z.ZodType
  query?: string[]
  run(input: { params: string[]; body: unknown; query: Record<string, string> }): Promise<ControlAnswer> | ControlAnswer
}

const maxBodyBytes = 1024 * 1024

/** Defines a control with its body typed by the schema. */
export function control<S extends z.ZodType>(
  route: Omit<ControlRoute, 'run' | 'body'> & {
    body: S
    run(input: { params: string[]; body: z.output<S>; query: Record<string, string> }): Promise<ControlAnswer> | ControlAnswer
  },
): ControlRoute {
  return { ...route, run: (input) => route.run({ ...input, body: input.body as z.output<S> }) }
}

/** Answers a request to the control room; whatever is wrong with it is answered with problem+json. */
export async function handleControl(routes: ControlRoute[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    requireThisMachine(request)
    const { status = 200, headers = {}, body } = await answer(routes, request)
    const plain = typeof body === 'string' || body instanceof Uint8Array
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
    response.end(plain ? body : JSON.stringify(body))
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error)
    const { status, headers, body } = problemAnswer(error, randomUUID())
    response.writeHead(status, headers).end(body)
  }
}

async function answer(routes: ControlRoute[], request: IncomingMessage): Promise<ControlAnswer> {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost')
  const matching = routes.flatMap((route) => {
    const params = match(route.path, pathname)
    return params ? [{ route, params }] : []
  })
  if (matching.length === 0) throw new Problem('not-found', 'control.not-found', `There is no control at ${pathname}.`)
  const found = matching.find(({ route }) => route.method === request.method)
  const allow = matching.map(({ route }) => route.method).join(', ')
  if (!found) throw new Problem('method-not-allowed', 'method.not-allowed', `This control takes ${allow}.`, { headers: { allow } })
  const { route, params } = found
  return route.run({ params, body: await input(route, request), query: knownQuery(route, searchParams) })
}

async function input(route: ControlRoute, request: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(request, maxBodyBytes)
  if (!bytes) throw new Problem('too-large', 'body.too-large', 'The body is larger than 1 MB.')
  if (!route.body) return undefined
  try {
    return parseInput(route.body, JSON.parse(bytes.toString() || '{}'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem('malformed', 'body.malformed', 'The body is not valid JSON.')
    throw error
  }
}

/** The parameters that say something; one that is left empty, as in `?tenant=demo&to=`, does not. */
function knownQuery(route: ControlRoute, given: URLSearchParams): Record<string, string> {
  const known = route.query ?? []
  const unknown = [...given.keys()].find((name) => !known.includes(name))
  if (unknown === undefined) return Object.fromEntries([...given].filter(([, value]) => value !== ''))
  const instead = known.length > 0 ? `known are ${known.join(', ')}` : 'none are known'
  throw new Problem('malformed', 'query.unknown', `There is no parameter ${JSON.stringify(unknown)} here; ${instead}.`)
}

/** The values of the `{names}` in a path, or undefined when the path does not fit. */
function match(template: string, path: string): string[] | undefined {
  const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`)
  const values = pattern.exec(path)?.slice(1)
  try {
    return values?.map(decodeURIComponent)
  } catch {
    return undefined
  }
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** A page elsewhere must not reach the control room through the browser, be it by a name that points here or by a form. */
function requireThisMachine(request: IncomingMessage): void {
  const { host = '', origin } = request.headers
  const isOwn = loopback.test(host) && (origin === undefined || loopback.test(origin.replace(/^https?:\/\//, '')))
  if (!isOwn)
    throw new Problem(
      'forbidden',
      'control.local-only',
      'The control room answers to this machine only: call it as localhost or 127.0.0.1.',
    )
}
