import { measure } from '../../domain/store/capacity.ts'
import type { Route } from '../../functions/http/route.ts'
import { type Answer, type Call, nameOf, operations } from './api.ts'
import { bodySchemaOf, document } from './documented.ts'
import { bodyFor, nounOf, nounOfPrefix, once, pathFor } from './fixtures.ts'
import { type Place, placesOf } from './places.ts'
import { prefixOf, randomId } from './strangers.ts'

/** Every place in the body of any operation at which the id of a record stands. */
export const references = operations
  .filter((route) => route.body)
  .flatMap((route) =>
    placesOf(document, bodySchemaOf(route), (schema) => prefixOf(schema) !== undefined).map(
      (place) => [`${nameOf(route)} ${place.pointer}`, route, place] as const,
    ),
  )

/** Why a place says nothing of whose record an id is. */
export function reasonToLeaveOut(name: string, place: Place): string | undefined {
  const prefix = prefixOf(place.schema)!
  if (!nounOfPrefix[prefix]) return `${prefix}_ is no record of its own: it is looked up in the record of the path`
  if (name.startsWith('POST /v1/customers/check-duplicates /') && !name.endsWith('/customerId'))
    return 'a duplicate check takes a whole customer and reads no reference of it'
  if (name === 'POST /v1/leads/{id}/convert /customerId') return 'either a customer or a new one: the example has the new one'
  return undefined
}

export interface Sent {
  answer: Answer
  body: unknown
  /** Commands that changed the table. */
  wrote: string[]
}

/** Sends bodies that are right but for the id at one place, on records that the caller may change; `maker` makes what they are of. */
export function senderOf(call: Call, maker = call): (route: Route, place: Place, id: string) => Promise<Sent> {
  const samePath = once((route) => pathFor(maker, route))
  const sameBody = once(async (route) => (await bodyFor(maker, route)) ?? {})
  /** With the lines of a POST where the id is one of a line, and with one way to allocate. */
  const bodyAround = async (route: Route, { pointer }: Place): Promise<Record<string, unknown>> => {
    const { allocate, ...body } = await sameBody(route)
    const create = operations.find(({ method, path }) => method === 'POST' && path === `/v1/${nounOf(route)}`)
    if (pointer.startsWith('/lines/') && !body.lines && create) return { ...body, lines: (await sameBody(create)).lines }
    return pointer.startsWith('/allocations/') || allocate === undefined ? body : { ...body, allocate }
  }
  return async (route, place, id) => {
    const path = route.upserts ? `${(await samePath(route)).replace(/[^/]+$/, '')}${randomId('x')}` : await samePath(route)
    const body = place.put(await bodyAround(route, place), id)
    const { result: answer, spent } = await measure(() => call(path, { method: route.method, body }))
    return { answer, body, wrote: Object.keys(spent.byCommand).filter((command) => /Transact|Put|Delete/.test(command)) }
  }
}

/** True when the refusal names the place, or the list it stands in. */
export const isNamed = (answer: Answer, { pointer }: Place): boolean =>
  (answer.body.errors as { pointer: string }[]).some((error) => error.pointer !== '' && pointer.startsWith(error.pointer))
