/** API Gateway's HTTP API on one machine: payload format 2.0, a Lambda authorizer with simple answers, one function per context. */
import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { remember } from '../domain/kernel/remember.ts'
import type { HttpContext } from '../functions/manifest.ts'
import { readBody, sendJson } from './http.ts'
import type { LocalFunction } from './lambda.ts'

export interface GatewayOptions {
  contexts: HttpContext[]
  /** Name of the context that answers what no route matches. */
  fallback: string
  functions: Map<string, LocalFunction>
  authorizer: LocalFunction
  /** Called after every request that may have written. */
  written(): void
}

/** API Gateway takes no more. Our own limit of 1 MB is the API's to say. */
const maxBodyBytes = 10 * 1024 * 1024

/** Answers a request as the deployed API does. */
export async function handleRequest(options: GatewayOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, maxBodyBytes)
  if (!body) return sendJson(response, 413, { message: 'Request Entity Too Large' })
  try {
    const { routeKey, context } = route(options, request)
    const event = httpEvent(request, body, routeKey)
    const authorized = await authorize(options.authorizer, event)
    if (!authorized) return sendJson(response, 403, { message: 'Forbidden' })
    Object.assign(event.requestContext, { authorizer: { lambda: authorized } })
    sendResult(response, await options.functions.get(context)!.invoke(event))
  } catch (error) {
    console.error(`${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : error}`)
    if (!response.headersSent) sendJson(response, 500, { message: 'Internal Server Error' })
  } finally {
    if (request.method !== 'GET') options.written()
  }
}

function route(options: GatewayOptions, request: IncomingMessage): { routeKey: string; context: string } {
  const path = pathOf(request)
  // As HTTP APIs do it: a path that is spelt out wins over what a noun takes with {proxy+}.
  for (const { name, paths } of options.contexts) {
    const template = paths.find((template) => matchesTemplate(template, path))
    if (template) return { context: name, routeKey: `ANY ${template}` }
  }
  for (const { name, nouns } of options.contexts) {
    const noun = nouns.find((noun) => path === `/v1/${noun}` || path.startsWith(`/v1/${noun}/`))
    if (noun) return { context: name, routeKey: path === `/v1/${noun}` ? `ANY /v1/${noun}` : `ANY /v1/${noun}/{proxy+}` }
  }
  return { context: options.fallback, routeKey: '$default' }
}

const patternOf = remember(1000, (template) => {
  const parts = template.split('/')
  const patterns = parts.map((part) => (part.endsWith('+}') ? '.+' : part.startsWith('{') ? '[^/]+' : part.replace(/[.+]/g, '\\$&')))
  return new RegExp(`^${patterns.join('/')}$`)
})

/** Whether a path fits `/r/{token}` (one segment) or `/docs/{proxy+}` (the rest). */
export const matchesTemplate = (template: string, path: string): boolean => patternOf(template).test(path)

const pathOf = (request: IncomingMessage): string => request.url!.split('?', 1)[0]!

/** The event of payload format 2.0. */
function httpEvent(request: IncomingMessage, body: Buffer, routeKey: string): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = joinedHeaders(request.rawHeaders)
  const rawPath = pathOf(request)
  const rawQueryString = request.url!.slice(rawPath.length + 1)
  const text = isText(headers) && isUtf8(body)
  const now = new Date()
  const { method = 'GET', httpVersion } = request
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie ? { cookies: cookie.split(/; ?/) } : {}),
    headers,
    ...(rawQueryString ? { queryStringParameters: joinedQuery(rawQueryString) } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? '',
      domainPrefix: 'local',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${httpVersion}`,
        sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(text ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !text,
  }
}

function joinedHeaders(raw: string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase()
    headers[name] = name in headers ? `${headers[name]}${name === 'cookie' ? '; ' : ','}${raw[i + 1]}` : raw[i + 1]!
  }
  return headers
}

function joinedQuery(rawQuery: string): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(rawQuery)) query[name] = name in query ? `${query[name]},${value}` : value
  return query
}

// What API Gateway hands on as text; everything else, forms too, comes as base64.
function isText(headers: Record<string, string>): boolean {
  const type = headers['content-type'] ?? 'text/plain'
  return !headers['content-encoding'] && /^(text\/|application\/(json|javascript|xml)(;|$))/i.test(type)
}

async function authorize(authorizer: LocalFunction, event: APIGatewayProxyEventV2): Promise<object | undefined> {
  const { body: _, isBase64Encoded: __, ...request } = event
  const identitySource = event.headers.authorization ? [event.headers.authorization] : []
  const routeArn = `arn:aws:execute-api:us-east-1:000000000000:local/$default/${event.requestContext.http.method}${event.rawPath}`
  const answer = await authorizer.invoke({ ...request, type: 'REQUEST', routeArn, identitySource })
  const { isAuthorized, context = {} } = answer as { isAuthorized: boolean; context?: object }
  return isAuthorized ? JSON.parse(JSON.stringify(context)) : undefined
}

function sendResult(response: ServerResponse, answer: unknown): void {
  // Without a status code API Gateway takes the whole answer as a JSON body.
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    sendJson(response, 200, answer)
    return
  }
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded } = answer as APIGatewayProxyStructuredResultV2
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value))
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  if (body && !response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain;charset=UTF-8')
  response.writeHead(statusCode).end(isBase64Encoded ? Buffer.from(body, 'base64') : body)
}
