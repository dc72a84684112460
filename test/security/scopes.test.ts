import { beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf } from '../../domain/identity/permissions.ts'
import type { User } from '../../domain/identity/user/user.ts'
import type { Route } from '../../functions/http/route.ts'
import { type Answer, type Call, callAs, nameOf, operations } from '../support/api.ts'
import { casesOf } from '../support/cases.ts'
import { bodyFor, createFixture, nounOf, nounOfPrefix, once, pathFor, queryFor } from '../support/fixtures.ts'
import { isNamed, reasonToLeaveOut, references, senderOf } from '../support/referring.ts'
import { some } from '../support/share.ts'
import { leaksIn, prefixOf, randomId, recordsOf, watched } from '../support/strangers.ts'
import { newTenant } from '../support/tenant.ts'

/** What is another rep's, or another team's, is as if it were not there. */
const cases = casesOf('authorization matrix')
const withId = operations.filter((route) => route.path.includes('{') && !route.upserts).map((route) => [nameOf(route), route] as const)
const lists = operations.filter((route) => route.list).map((route) => [nameOf(route), route] as const)

/** Nouns that belong to the whole firm, and why. */
const ofTheFirm: Record<string, string> = {
  users: 'colleagues are known to everybody in the firm',
  pools: 'a pool is open to those in reach of it',
  products: 'products are the whole firm’s',
  'document-templates': 'templates are the whole firm’s',
  'document-images': 'pictures of documents are the whole firm’s',
  campaigns: 'campaigns are the whole firm’s: whoever may see any sees all',
  suppressions: 'who wants no mail wants none from anybody in the firm',
  segments: 'a segment is a saved search: each finds in it what is in sight',
  'message-templates': 'templates are the whole firm’s',
  'lead-forms': 'forms are the whole firm’s',
}
const isScoped = (prefix: string) => nounOfPrefix[prefix] !== undefined && !Object.hasOwn(ofTheFirm, nounOfPrefix[prefix]!)

interface Other {
  user: User
  call: Call
}

let mine: Call
let helped: Call
let others: Record<string, Other>
let seenByMine: Set<string>
let samePath: (route: Route) => Promise<string>
let sameBody: (route: Route) => Promise<Record<string, unknown> | undefined>

const told = ({ status, body }: Answer) => `${status} ${JSON.stringify(body).slice(0, 300)}`
const may = ({ user }: Other, { permission }: Route) =>
  permission === 'signed-in' || user.roles.some((role) => permissionsOf(role).has(permission))

/** What a rep may not do is done by the administrator, on the customers of the rep. */
const withHelp =
  (rep: Call, admin: Call): Call =>
  async (target, request) => {
    const answer = await rep(target, request)
    return answer.status === 403 ? admin(target, request) : answer
  }

beforeAll(async () => {
  const firm = await newTenant()
  const [boss, stranger] = await Promise.all([firm.user('manager'), firm.user('manager')])
  const [owner, colleague] = await Promise.all([firm.user('rep', { managerId: boss.id }), firm.user('rep', { managerId: stranger.id })])
  const admin = callAs(firm.id, firm.admin)
  const watching = watched(withHelp(callAs(firm.id, owner), admin))
  mine = watching.call
  seenByMine = watching.seen
  helped = withHelp(callAs(firm.id, colleague), admin)
  others = {
    'another rep': { user: colleague, call: callAs(firm.id, colleague) },
    'the manager of another team': { user: stranger, call: callAs(firm.id, stranger) },
  }
  samePath = once((route) => pathFor(mine, route))
  sameBody = once((route) => bodyFor(mine, route))
})

/** Why somebody else may find a record all the same. */
function reasonFor(other: Other, route: Route): string | undefined {
  if (!may(other, route)) return 'without the permission: tried with every role'
  if (route.path === '/v1/customers/{id}/claim') return 'it is there to be claimed by everybody: it lies in the pool'
  return ofTheFirm[nounOf(route)]
}

test.each(some(withId, 6))('%s on what is another rep’s', async (name, route) => {
  for (const [kind, other] of Object.entries(others)) {
    const reason = reasonFor(other, route)
    if (reason) {
      cases.leaveOut(kind, reason)
      continue
    }
    const [path, body] = [await samePath(route), await sameBody(route)]
    const answer = await other.call(path, { method: route.method, body })

    await cases.check(kind, name, () => {
      expect([answer.status, answer.body.code], told(answer)).toEqual([404, expect.stringMatching(/\.not-found$/)])
      expect(leaksIn(answer, seenByMine, path, body)).toEqual([])
    })
  }
})

test.each(some(lists, 4))('%s lists nothing of another rep’s', async (name, route) => {
  if (nounOfPrefix[Object.keys(nounOfPrefix).find((prefix) => route.path === `/v1/${nounOfPrefix[prefix]}`)!])
    await createFixture(mine, nounOf(route))
  for (const [kind, other] of Object.entries(others)) {
    const reason = route.path.includes('{') ? 'of one record: tried with the operations on one' : reasonFor(other, route)
    if (reason) {
      cases.leaveOut(`${kind}: a list`, reason)
      continue
    }
    const query = await queryFor(other.call, route)
    const answer = await other.call(`${route.path}${query}`)

    await cases.check(`${kind}: a list`, name, () => {
      expect(answer.status, told(answer)).toBe(200)
      expect(leaksIn(answer, seenByMine).filter((id) => isScoped(id.slice(0, 3)))).toEqual([])
    })
  }
})

describe('in a body', () => {
  let send: ReturnType<typeof senderOf>
  let theirRecord: (prefix: string) => Promise<string>

  beforeAll(() => {
    send = senderOf(others['another rep']!.call, helped)
    theirRecord = recordsOf(mine)
  })

  test.each(some(references, 4))('%s of another rep’s record', async (name, route, place) => {
    const kind = 'another rep: an id in a body'
    const prefix = prefixOf(place.schema)!
    if (!may(others['another rep']!, route)) return cases.leaveOut(kind, 'without the permission: tried with every role')
    const reason = reasonToLeaveOut(name, place) ?? ofTheFirm[nounOfPrefix[prefix]!]
    if (reason) return cases.leaveOut(kind, reason)
    const nobodys = await send(route, place, randomId(prefix))
    if (nobodys.answer.status === 422 && !isNamed(nobodys.answer, place))
      return cases.leaveOut(kind, `${name}: ${nobodys.answer.body.detail}`)
    const theirs = await send(route, place, await theirRecord(prefix))

    await cases.check(kind, name, () => {
      expect([theirs.answer.status, theirs.answer.body.code], told(theirs.answer)).toEqual([
        nobodys.answer.status,
        nobodys.answer.body.code,
      ])
      expect(leaksIn(theirs.answer, seenByMine, theirs.body).filter((id) => isScoped(id.slice(0, 3)))).toEqual([])
      expect(theirs.wrote).toEqual([])
    })
  })
})
