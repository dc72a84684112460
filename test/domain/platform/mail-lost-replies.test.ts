import { beforeAll, describe, expect, it } from 'vitest'
import { aMail } from '../../support/a-mail.ts'
import { type Plan, withFaults } from '../../support/faults.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant

beforeAll(async () => {
  tenant = await newTenant()
})

const lostPut =
  (which: number): Plan =>
  (operation, nth) =>
    operation === 'PutItem' && nth === which ? 'lost-reply' : undefined

/** Sends on a connection on which the answer to one of the claims is lost; the client asks again by itself. */
const sendLosing = (mail: Awaited<ReturnType<typeof aMail>>, which: number) => mail.send(withFaults(mail.ctx, lostPut(which)))

describe('the answer to a claim is lost', () => {
  it('and the worker that asks again knows the claim as its own: the mail goes out at once', async () => {
    const mail = await aMail(tenant)

    const outcome = await sendLosing(mail, 1)

    expect(outcome).toBe('sent')
    expect(mail.ses.taken).toHaveLength(1)
    expect(await mail.record()).toMatchObject({ state: 'sent', attempt: 1 })
  })

  it('of the second attempt, and the mail is sent all the same, not given up', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push('lost-before')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(16)

    const outcome = await sendLosing(mail, 2)

    expect(outcome).toBe('sent-again')
    expect(mail.ses.taken).toHaveLength(1)
  })

  it('of giving up, and the mail is still counted as one whose fate is unknown', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push('lost-before', 'lost-before')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(16)
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(16)

    const outcome = await sendLosing(mail, 2)

    expect(outcome).toBe('unknown')
    expect(await mail.send()).toBe('already')
  })
})
