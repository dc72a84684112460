import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { MailRefused } from '../../../domain/kernel/errors.ts'
import { sendOnce } from '../../../domain/platform/index.ts'
import { deliveryIdOf } from '../../../domain/platform/mail/mail.ts'
import { aMail } from '../../support/a-mail.ts'
import { seed, tries } from '../../support/share.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant

beforeAll(async () => {
  tenant = await newTenant()
})

describe('a mail', () => {
  it('is claimed, handed to SES with its tags, and marked with the message id', async () => {
    const mail = await aMail(tenant)

    const outcome = await mail.send()

    expect(outcome).toBe('sent')
    expect(mail.ses.taken).toMatchObject([{ tenantId: tenant.id, deliveryId: deliveryIdOf(mail.key), to: 'reader@test.example' }])
    expect(await mail.record()).toMatchObject({ state: 'sent', attempt: 1, messageId: 'message-1', key: mail.key.join('/') })
    expect(deliveryIdOf(mail.key)).toMatch(/^[A-Za-z0-9_-]{1,255}$/)
  })

  it('is sent once, however often it is asked for', async () => {
    const mail = await aMail(tenant)
    await mail.send()

    const outcomes = [await mail.send(), await mail.send()]

    expect(outcomes).toEqual(['already', 'already'])
    expect(mail.ses.taken).toHaveLength(1)
  })

  it('is sent once by ten workers at the same time', async () => {
    const mail = await aMail(tenant)

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => mail.send()))

    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1)
    expect(mail.ses.taken).toHaveLength(1)
  })

  it('keeps neither address nor text on record', async () => {
    const mail = await aMail(tenant)
    await mail.send()

    expect(JSON.stringify(await mail.record())).not.toMatch(/reader|Hello/)
  })
})

describe('a refusal', () => {
  const throttled = () => new MailRefused('Throttling', true)

  it('that passes is waited out with growing pauses and does not use up the attempt', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push(throttled(), throttled(), throttled())
    const pauses: number[] = []

    for (let i = 0; i < 3; i++) {
      const { waitUntil } = (await mail.send()) as { waitUntil: string }
      pauses.push((Date.parse(waitUntil) - Date.parse(mail.clock.now())) / 1000)
      mail.clock.set(waitUntil)
    }

    expect(await mail.send()).toBe('sent')
    expect(pauses[0]).toBeGreaterThanOrEqual(7.5)
    expect(pauses[2]).toBeLessThanOrEqual(60)
    expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses)
    expect(await mail.record()).toMatchObject({ attempt: 1, refusals: 3 })
  })

  it('is left alone by others until its pause is over', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push(throttled())

    const first = await mail.send()

    expect(await mail.send()).toEqual(first)
    expect(mail.ses.taken).toHaveLength(0)
  })

  it('that outlasts a day needs a person', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push(throttled(), throttled())
    await mail.send()
    mail.clock.pass(24 * 60)

    await expect(mail.send()).rejects.toThrow('Throttling')

    expect(await mail.send()).toBe('sent')
  })

  it('for good fails each time, and succeeds once the cause is mended', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push(new MailRefused('MessageRejected', false), new MailRefused('MessageRejected', false))

    await expect(mail.send()).rejects.toThrow('MessageRejected')
    await expect(mail.send()).rejects.toThrow('MessageRejected')

    expect(await mail.send()).toBe('sent')
    expect(mail.ses.taken).toHaveLength(1)
  })

  it('of our own composing gives the claim back', async () => {
    const mail = await aMail(tenant)
    const broken = () => {
      throw new Error('no such template')
    }

    await expect(sendOnce(mail.ctx, { key: mail.key, compose: broken })).rejects.toThrow('no such template')

    expect(await mail.send()).toBe('sent')
  })
})

describe(`whatever happens (seed ${seed})`, () => {
  const fault = fc.constantFrom('none', 'lost-before', 'lost-after', 'throttled')
  const steps = fc.array(fc.record({ fault, minutes: fc.nat({ max: 20 }) }), { minLength: 1, maxLength: 8 })

  const numRuns = tries({ test: 15, faults: 300, nightly: 3_000 })

  const play = async (run: { fault: string; minutes: number }[], events: boolean) => {
    const mail = await aMail(tenant)
    const outcomes: unknown[] = []
    for (const { fault, minutes } of [...run, ...Array(6).fill({ fault: 'none', minutes: 16 })]) {
      mail.ses.faults.splice(0, 9, fault === 'throttled' ? new MailRefused('Throttling', true) : fault)
      outcomes.push(await mail.send().catch(() => 'died'))
      if (events && mail.ses.taken.length > 0) await mail.event('Send')
      mail.clock.pass(minutes)
    }
    return { taken: mail.ses.taken.length, outcomes, state: (await mail.record())?.state }
  }

  it('with events no mail is doubled, and none is lost unless it is counted as unknown', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const { taken, outcomes, state } = await play(run, true)

        expect(taken).toBeLessThanOrEqual(1)
        expect(taken === 1 ? state : outcomes).toEqual(taken === 1 ? 'sent' : expect.arrayContaining(['unknown']))
      }),
      { numRuns, seed },
    )
  })

  it('without events a mail is doubled at most once, and then counted', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const { taken, outcomes } = await play(run, false)

        expect(taken).toBeLessThanOrEqual(2)
        if (taken !== 1) expect(outcomes.filter((outcome) => outcome === 'sent-again' || outcome === 'unknown')).toHaveLength(1)
      }),
      { numRuns, seed },
    )
  })
})
