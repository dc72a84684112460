import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../functions/http/route.ts'
import { type Answer, callAs } from '../support/api.ts'
import { casesOf } from '../support/cases.ts'
import { nounOfPrefix } from '../support/fixtures.ts'
import type { Place } from '../support/places.ts'
import { isNamed, reasonToLeaveOut, references, type Sent, senderOf } from '../support/referring.ts'
import { seed, some } from '../support/share.ts'
import { deletedOf, leaksIn, prefixOf, randomId, recordsOf, watched } from '../support/strangers.ts'
import { newTenant } from '../support/tenant.ts'

/** Ids in bodies that are another tenant's, a deleted record's, or nobody's: refused at their place, and all alike. */
const cases = casesOf('authorization matrix')

let send: (route: Route, place: Place, id: string) => Promise<Sent>
let theirs: Set<string>
let foreignId: (prefix: string) => Promise<string>
let deletedId: (prefix: string) => Promise<string | undefined>

beforeAll(async () => {
  const [firm, foreign] = [await newTenant(), await newTenant()]
  const stranger = watched(callAs(foreign.id, foreign.admin))
  const call = callAs(firm.id, firm.admin)
  send = senderOf(call)
  theirs = stranger.seen
  foreignId = recordsOf(stranger.call)
  deletedId = deletedOf(call)
})

const told = ({ status, body }: Answer) => `${status} ${JSON.stringify(body).slice(0, 400)}`

/** What is refused as if there were nothing, and changes nothing. */
function expectAlike(one: Sent, nobodys: Sent): void {
  expect([one.answer.status, one.answer.body.code], told(one.answer)).toEqual([nobodys.answer.status, nobodys.answer.body.code])
  expect(leaksIn(one.answer, theirs, one.body)).toEqual([])
  expect(one.wrote).toEqual([])
}

describe(`ids in bodies, seed ${seed}`, () => {
  test.each(some(references, 8))('%s', async (name, route, place) => {
    const reason = reasonToLeaveOut(name, place)
    if (reason) return cases.leaveOut('an id in a body', reason, 3)
    const prefix = prefixOf(place.schema)!
    const nobodys = await send(route, place, randomId(prefix))
    const { status, body } = nobodys.answer
    if (status === 422 && !isNamed(nobodys.answer, place)) return cases.leaveOut('an id in a body', `${name}: ${body.detail}`, 3)

    await cases.check('a random id in a body', name, () => {
      expect((route.readOnly && status === 200) || [404, 422].includes(status), told(nobodys.answer)).toBe(true)
      expect(nobodys.wrote).toEqual([])
    })
    const ofStranger = await send(route, place, await foreignId(prefix))
    await cases.check("another tenant's id in a body", name, () => expectAlike(ofStranger, nobodys))
    const gone = await deletedId(prefix)
    if (!gone) return cases.leaveOut("a deleted record's id in a body", `nothing deletes ${nounOfPrefix[prefix]}`)
    const ofGone = await send(route, place, gone)
    await cases.check("a deleted record's id in a body", name, () => expectAlike(ofGone, nobodys))
  })
})
