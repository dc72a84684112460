import { beforeAll, describe, expect, it } from 'vitest'
import { sendOnce } from '../../../domain/platform/index.ts'
import { deliveryIdOf, type MailKey } from '../../../domain/platform/mail/mail.ts'
import { readItems } from '../../../domain/store/read-items.ts'
import { scattered } from '../../../domain/store/scattered.ts'
import { type Plan, withFaults } from '../../support/faults.ts'
import { fakeClock, fakeSes, withMail } from '../../support/mail.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let count = 0

beforeAll(async () => {
  tenant = await newTenant()
})

const compose = () => ({ from: { name: 'Test' }, to: 'reader@test.example', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' })
const lostPut =
  (which: number): Plan =>
  (operation, nth) =>
    operation === 'PutItem' && nth === which ? 'lost-reply' : undefined

/** A mail whose worker may be given a connection on which the answer to one of its claims is lost; the client asks again by itself. */
async function aMail() {
  const key: MailKey = ['lost', String(++count)]
  const clock = fakeClock()
  const ses = fakeSes()
  const sound = withMail(await tenant.as(tenant.admin), clock, ses)
  const send = (lost?: number) => sendOnce(lost ? withFaults(sound, lostPut(lost)) : sound, { key, compose })
  const record = async () => (await readItems(sound, [scattered('MAIL', [deliveryIdOf(key)])]))[0]
  return { clock, ses, send, record }
}

describe('the answer to a claim is lost', () => {
  it('and the worker that asks again knows the claim as its own: the mail goes out at once', async () => {
    const mail = await aMail()

    const outcome = await mail.send(1)

    expect(outcome).toBe('sent')
    expect(mail.ses.taken).toHaveLength(1)
    expect(await mail.record()).toMatchObject({ state: 'sent', attempt: 1 })
  })

  it('of the second attempt, and the mail is sent all the same, not given up', async () => {
    const mail = await aMail()
    mail.ses.faults.push('lost-before')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(16)

    const outcome = await mail.send(2)

    expect(outcome).toBe('sent-again')
    expect(mail.ses.taken).toHaveLength(1)
  })

  it('of giving up, and the mail is still counted as one whose fate is unknown', async () => {
    const mail = await aMail()
    mail.ses.faults.push('lost-before', 'lost-before')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(16)
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(16)

    const outcome = await mail.send(2)

    expect(outcome).toBe('unknown')
    expect(await mail.send()).toBe('already')
  })
})
