import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { needsBody, type Route } from '../route.ts'
import { operationIdOf } from './operation-id.ts'
import { ownParametersOf, parametersOf } from './parameters.ts'
import { responsesOf } from './responses.ts'
import { tagOf } from './tags.ts'

const permissionNote = (route: Route) =>
  route.permission === 'signed-in' ? 'Every signed-in caller may.' : `Needs the permission \`${route.permission}\`.`

/** One operation of the document. */
export function operationOf(route: Route, routes: readonly Route[]): ZodOpenApiOperationObject {
  const type = 'application/json'
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    description: [route.description, permissionNote(route)].filter(Boolean).join('\n\n'),
    tags: [tagOf(route)],
    requestParams: ownParametersOf(route, routes),
    parameters: parametersOf(route),
    ...(route.body
      ? {
          requestBody: {
            required: needsBody(route),
            content: { [type]: { schema: route.body, ...(route.example?.body === undefined ? {} : { example: route.example.body }) } },
          },
        }
      : {}),
    responses: responsesOf(route, routes),
  }
}
