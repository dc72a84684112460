import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { remember } from '../../domain/kernel/remember.ts'
import { measure } from '../../domain/store/capacity.ts'
import type { Route } from '../../functions/http/route.ts'
import { type Call, callAs, nameOf, operations } from '../support/api.ts'
import { spoiled, valuesOf } from '../support/arbitrary.ts'
import { casesOf } from '../support/cases.ts'
import { bodySchemaOf, document, expectDocumented, validatorAt } from '../support/documented.ts'
import { bodyFor, nounOf, once, pathFor } from '../support/fixtures.ts'
import { isLarge, seed, tries } from '../support/share.ts'
import { newTenant } from '../support/tenant.ts'

const cases = casesOf('schema fuzzer')
const valid = tries({ test: 5, faults: 20, nightly: 200 })
const invalid = tries({ test: 10, faults: 30, nightly: 300 })
const withBody = operations.filter((route) => route.body).map((route) => [nameOf(route), route] as const)
const writes = ['TransactWriteItemsCommand', 'PutItemCommand', 'DeleteItemCommand']

/** JSON knows no infinity, no undefined and no negative zero. */
const asSent = (body: unknown): unknown => JSON.parse(JSON.stringify(body ?? null))

/** The operations of a noun share a tenant, in the larger runs each has its own: they would use up a minute's requests of one. */
const tenantOf = remember(operations.length, async (_: string): Promise<Call> => {
  const { id, admin } = await newTenant()
  return callAs(id, admin)
})

async function makePlace(route: Route): Promise<{ call: Call; path: string }> {
  const call = await tenantOf(isLarge ? nameOf(route) : nounOf(route))
  return { call, path: await pathFor(call, route) }
}
const placeFor = once(makePlace)

// A failure is repeated with SEED=<seed>.
describe(`bodies made from the document, seed ${seed}`, () => {
  test.each(withBody)('%s answers what its schema takes as documented, and is never wrong on our side', async (_, route) => {
    const { call, path } = await placeFor(route)
    const bodies = fc.sample(valuesOf(document, bodySchemaOf(route)), { numRuns: valid, seed })

    for (const generated of bodies) {
      // A cursor is ours to make: that a made-up one is refused is tested with the cursors.
      const { cursor: _madeUp, ...body } = generated as Record<string, unknown>
      const answer = await call(path, { method: route.method, body })

      await cases.check('a body that the schema takes', JSON.stringify(body), () => {
        expect(answer.status).toBeLessThan(500)
        expect(answer.status).not.toBe(400)
        expectDocumented(route, answer)
      })
    }
  })

  test.each(withBody)('%s refuses what its schema does not take, and writes nothing', async (_, route) => {
    const { call, path } = await placeFor(route)
    const example = (await bodyFor(call, route))!
    const fits = validatorAt('paths', route.path, route.method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema')
    const bodies = fc.sample(spoiled(example).map(asSent), { numRuns: invalid, seed })

    for (const body of bodies) {
      const { result: answer, spent } = await measure(() => call(path, { method: route.method, rawBody: JSON.stringify(body) }))
      const told = `${JSON.stringify(body)} was answered ${answer.status} ${JSON.stringify(answer.body)}`

      await cases.check('a spoiled body', told, () => {
        expect(answer.status).toBeLessThan(500)
        if (!fits(body)) expect(answer.status).toBeGreaterThanOrEqual(400)
        // A 409 was refused by the transaction itself.
        if (answer.status >= 400 && answer.status !== 409) expect(writes.filter((command) => command in spent.byCommand)).toEqual([])
        expectDocumented(route, answer)
      })
    }
  })
})
