import { createDocument, type ZodOpenApiObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { addExamples } from './openapi/examples.ts'
import { operationOf } from './openapi/operation.ts'
import { sharedParameters } from './openapi/parameters.ts'
import { limits } from './openapi/schemas.ts'
import { sharedHeaders, sharedResponses } from './openapi/shared-responses.ts'
import { tagOf, tags } from './openapi/tags.ts'
import { type AnyRoute, isPage, type Route } from './route.ts'

/** An OpenAPI document as JSON. */
export type OpenApiDocument = Record<string, unknown> & { paths: Record<string, Record<string, OpenApiOperation>> }

export interface OpenApiOperation {
  operationId: string
  summary: string
  tags: string[]
  [member: string]: unknown
}

const description = `
Keep customers, log visits, plan the next contact, and get one reminder a day.

**Signing in.** Send \`Authorization: Bearer\` with an API key (\`gx_live_…\`) or an access token of a user. What a caller may not
see is 404, what it may see but not do is 403.

**Lists** answer \`{ data, page: { next } }\`. Pass \`page.next\` as \`cursor\` to go on. Filters are \`filter[field][op]=value\`;
\`filter[field]=value\` means \`eq\`, several values are separated by commas. A filter or sort that no index serves is refused.

**Changes.** PATCH merges (RFC 7396): what is left out stays, null removes; an amount of money, payment terms and a consent are given as
a whole. Every record has a \`version\`, served as \`ETag\`; with \`If-Match\` a change is refused when the record has changed
meanwhile (412, with the current value). Unknown properties are refused.

**Repeating.** Send an \`Idempotency-Key\` with POST and PATCH: the same request is then done once, and repetitions within 24 hours get
the first answer again.

**Errors** are problem documents (RFC 9457). \`code\` is stable, \`detail\` says what to do, \`errors\` point into the body.

**Dates.** Instants are UTC. Business dates are days in the time zone of the firm. Money is \`{ amount, currency }\` with a decimal string.
`.trim()

const info = {
  title: 'Guanxi',
  version: '1.0.0',
  summary: 'A CRM for trading and service firms',
  description,
  contact: { name: 'The operator of this installation' },
  license: { name: 'MIT', identifier: 'MIT' },
}

/** The OpenAPI 3.1 document of the routes under `/v1`. Public pages are no operations of the API and are left out. */
export function openApiDocument(routes: readonly AnyRoute[]): OpenApiDocument {
  const operations = routes.filter((route): route is Route => !isPage(route))
  const paths: ZodOpenApiPathsObject = {}
  for (const route of operations) paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, operations) }
  const used = new Set(operations.map(tagOf))
  const document = createDocument(
    {
      openapi: '3.1.0',
      info,
      servers: [{ url: '/', description: 'Production, staging or local: the installation that serves this document', 'x-internal': false }],
      security: [{ bearer: [] }],
      tags: tags.filter((tag) => used.has(tag.name)),
      paths,
      components: {
        parameters: sharedParameters,
        headers: sharedHeaders,
        responses: sharedResponses,
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT or API key',
            description: 'An API key, or an access token (a JWT checked as RFC8725 asks: algorithm, issuer, client, time).',
          },
        },
      },
    } satisfies ZodOpenApiObject,
    { override: limits },
  )
  return addExamples(JSON.parse(JSON.stringify(document)), operations)
}
