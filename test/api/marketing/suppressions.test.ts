import { beforeAll, describe, expect, test } from 'vitest'
import { handler as optIn } from '../../../functions/consumers/marketing/opt-in-contact-on-suppression-removed.ts'
import { handler as optOut } from '../../../functions/consumers/marketing/opt-out-contact-on-suppression-added.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { csvOf, errorsOf, imported, importer } from '../../support/imports.ts'
import { type MarketingWorld, marketingWorld } from '../../support/marketing.ts'

let world: MarketingWorld
let call: ReturnType<typeof callAs>
let admin: ReturnType<typeof callAs>
const codeOf = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer
  return [status, body.code]
}
const suppress = (body: object) => call('/v1/suppressions', { method: 'POST', body })

beforeAll(async () => {
  world = await marketingWorld()
  call = callAs(world.tenant.id, world.marketer)
  admin = callAs(world.tenant.id, world.tenant.admin)
})

describe('the list of suppressions', () => {
  test('holds an address once for each scope, whoever puts it there at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => suppress({ email: 'Once@Harbour.example' })))
    const ofList = await suppress({ email: 'once@harbour.example', scope: 'list:news' })

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('suppression.exists')
    expect(answers.find(({ status }) => status === 201)!.body).toMatchObject({
      email: 'once@harbour.example',
      scope: 'tenant',
      reason: 'manual',
    })
    expect(ofList.status).toBe(201)
    const { body } = await call('/v1/suppressions?filter[email]=once@harbour.example&sort=createdAt')
    expect(body.data.map(({ scope }: { scope: string }) => scope)).toEqual(['tenant', 'list:news'])
  })

  test('refuses what is no address, no scope, or the address of somebody else', async () => {
    const reader = await world.reader()

    const found = await Promise.all([
      codeOf(suppress({ email: 'nobody' })),
      codeOf(suppress({ email: 'a@b.example\r\nBcc: all@b.example' })),
      codeOf(suppress({ email: 'a@b.example', scope: 'all' })),
      codeOf(suppress({ email: 'a@b.example', contactId: reader.id })),
      codeOf(suppress({ email: 'a@b.example', contactId: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })),
    ])

    expect(found).toEqual([
      [422, 'input.invalid'],
      [422, 'input.invalid'],
      [422, 'input.invalid'],
      [422, 'suppression.not-its-address'],
      [404, 'contact.not-found'],
    ])
  })

  test('keeps what the recipient asked for from being lifted by anybody but an admin', async () => {
    const { body: wish } = await suppress({ email: 'wish@harbour.example', reason: 'unsubscribed' })
    const { body: typed } = await suppress({ email: 'typed@harbour.example' })

    const refused = await codeOf(call(`/v1/suppressions/${wish.id}`, { method: 'DELETE' }))
    const reworded = await codeOf(call(`/v1/suppressions/${wish.id}`, { method: 'PATCH', body: { reason: 'manual' } }))
    const lifted = await Promise.all([
      call(`/v1/suppressions/${typed.id}`, { method: 'DELETE' }),
      admin(`/v1/suppressions/${wish.id}`, { method: 'DELETE' }),
    ])

    expect([refused, reworded]).toEqual([
      [403, 'suppression.own-wish'],
      [403, 'suppression.own-wish'],
    ])
    expect(lifted.map(({ status }) => status)).toEqual([204, 204])
    expect((await suppress({ email: 'wish@harbour.example' })).status).toBe(201)
  })

  test('is not for those who do not send marketing mail', async () => {
    const rep = callAs(world.tenant.id, await world.tenant.user('rep'))

    expect(await codeOf(rep('/v1/suppressions'))).toEqual([403, 'permission.missing'])
  })

  test('keeps the contact it names in step, in whatever order the news comes', async () => {
    const reader = await world.reader()
    const { body } = await suppress({ email: reader.email, contactId: reader.id })

    await deliver(world.ctx, optOut, ['suppression.added'])
    await deliver(world.ctx, optOut, ['suppression.added'])
    const marked = await world.contact(reader.id)
    await call(`/v1/suppressions/${body.id}`, { method: 'DELETE' })
    await deliver(world.ctx, optIn, ['suppression.removed'])
    await deliver(world.ctx, optOut, ['suppression.added'])
    const cleared = await world.contact(reader.id)

    expect(marked).toMatchObject({ version: 2, marketing: { optedOut: true } })
    expect(cleared).toMatchObject({ version: 3, marketing: { optedOut: false } })
  })

  test('comes in from the sheet of another system, and leaves in one that comes in again', async () => {
    const who = await importer(world.tenant, world.marketer)
    const sheet = csvOf(
      ['邮箱', '原因', '备注'],
      ['In-One@harbour.example', '退订', '展会'],
      ['in-two@harbour.example', 'hard bounce', ''],
      ['in-one@harbour.example', '', ''],
      ['no address', '', ''],
      ['in-three@harbour.example', 'whatever', ''],
    )

    const first = await imported(who, 'suppressions', sheet)
    const again = await imported(who, 'suppressions', csvOf(['email'], ['in-one@harbour.example'], ['in-four@harbour.example']), {
      matchBy: ['email'],
    })

    expect(first.rows).toEqual({ created: 2, updated: 0, skipped: 0, failed: 3 })
    expect((await errorsOf(who, first.id)).map(([row, code]) => [row, code])).toEqual([
      ['4', 'suppression.exists'],
      ['5', 'input.invalid'],
      ['6', 'row.value-invalid'],
    ])
    expect(again.rows).toEqual({ created: 1, updated: 0, skipped: 1, failed: 0 })
    const { body } = await call('/v1/suppressions?filter[email]=IN-ONE@harbour.example')
    expect(body.data).toMatchObject([{ email: 'in-one@harbour.example', reason: 'unsubscribed', note: '展会' }])
  })
})
