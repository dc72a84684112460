import { beforeAll, describe, expect, it } from 'vitest'
import { sendOnce } from '../../../domain/platform/index.ts'
import { aMail, compose } from '../../support/a-mail.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant

beforeAll(async () => {
  tenant = await newTenant()
})

describe('a worker that dies', () => {
  it('before its claim leaves nothing behind', async () => {
    const mail = await aMail(tenant)
    const broken = { ...mail.ctx, db: { ...mail.ctx.db, send: () => Promise.reject(new Error('killed')) } }

    await expect(mail.send(broken)).rejects.toThrow('killed')

    expect(await mail.send()).toBe('sent')
  })

  it('between claim and SES is waited for, then the mail is sent as attempt 2', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push('lost-before')
    await expect(mail.send()).rejects.toThrow()

    expect(await mail.send()).toEqual({ waitUntil: '2026-11-20T00:02:00.000Z' })
    mail.clock.pass(2)
    expect(await mail.send()).toEqual({ waitUntil: '2026-11-20T00:15:00.000Z' })
    mail.clock.pass(13)
    expect(await mail.send()).toBe('sent-again')

    expect(mail.ses.taken).toHaveLength(1)
    expect(await mail.record()).toMatchObject({ state: 'sent', attempt: 2 })
  })

  it('after SES took the mail is not sent again when the event came, whenever within 15 minutes', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push('lost-after')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(14)
    await mail.event('Send')

    mail.clock.pass(1)

    expect(await mail.send()).toBe('already')
    expect(mail.ses.taken).toHaveLength(1)
    expect(await mail.record()).toMatchObject({ state: 'sent', attempt: 1, messageId: 'ses-1' })
  })

  it('between SES and its mark is settled by the event', async () => {
    const mail = await aMail(tenant)
    const unmarked = {
      ...mail.ctx,
      db: {
        ...mail.ctx.db,
        send: (command: object) =>
          command.constructor.name === 'UpdateCommand' ? Promise.reject(new Error('killed')) : mail.ctx.db.send(command),
      },
    }
    await expect(mail.send(unmarked)).rejects.toThrow('killed')
    await mail.event('Delivery', { delivery: { timestamp: '2026-11-20T00:00:09.000Z' } })

    mail.clock.pass(60)

    expect(await mail.send()).toBe('already')
    expect(mail.ses.taken).toHaveLength(1)
  })

  it('after SES took the mail, with its events off, doubles it once and never more', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push('lost-after')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(15)

    const second = await mail.send()
    mail.clock.pass(60)
    const third = await mail.send()

    expect([second, third]).toEqual(['sent-again', 'already'])
    expect(mail.ses.taken).toHaveLength(2)
  })

  it('twice is given up once, never sent a third time, and mended by a late event', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push('lost-after', 'lost-after')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(15)
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(15)

    const outcomes = [await mail.send(), await mail.send()]
    const before = await mail.record()
    await mail.event('Send')

    expect(outcomes).toEqual(['unknown', 'already'])
    expect(mail.ses.taken).toHaveLength(2)
    expect([before, await mail.record()]).toMatchObject([{ state: 'unknown' }, { state: 'sent' }])
  })

  it('leaves its mail to one of ten that come after it', async () => {
    const mail = await aMail(tenant)
    mail.ses.faults.push('lost-before')
    await expect(mail.send()).rejects.toThrow()
    mail.clock.pass(15)

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => mail.send()))

    expect(outcomes.filter((outcome) => outcome === 'sent-again')).toHaveLength(1)
    expect(mail.ses.taken).toHaveLength(1)
  })

  it('or is frozen beyond its lease does not send any more', async () => {
    const mail = await aMail(tenant)
    const frozen = () => {
      mail.clock.pass(3)
      return compose()
    }

    const outcome = await sendOnce(mail.ctx, { key: mail.key, compose: frozen })

    expect(outcome).toHaveProperty('waitUntil')
    expect(mail.ses.taken).toHaveLength(0)
    mail.clock.pass(1)
    expect(await mail.send()).toBe('sent')
  })
})
