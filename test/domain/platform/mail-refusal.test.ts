import { afterEach, describe, expect, it, vi } from 'vitest'
import { MailRefused } from '../../../domain/kernel/errors.ts'
import { mail } from '../../../functions/clients/mail.ts'
import { refusalOf } from '../../../functions/clients/mail-refusal.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const answer = (name: string, httpStatusCode: number) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode } })
const broken = (code: string) => Object.assign(new Error(code), { code, $metadata: {} })
const timeout = (message: string) => Object.assign(new Error(message), { name: 'TimeoutError', $metadata: {} })

describe('what SES certainly did not take', () => {
  it.each([
    answer('Throttling', 400),
    answer('ThrottlingException', 400),
    answer('AccountSendingPausedException', 400),
    answer('ServiceUnavailable', 503),
    answer('ExpiredToken', 403),
    broken('ECONNREFUSED'),
    broken('ENOTFOUND'),
    timeout('the request socket did not establish a connection with the server within the configured timeout of 5000 ms.'),
  ])('is tried again after %s', (error) => {
    expect(refusalOf(error)).toMatchObject({ passing: true })
  })

  it.each([
    answer('MessageRejected', 400),
    answer('InvalidParameterValue', 400),
    answer('MailFromDomainNotVerifiedException', 400),
    answer('AccessDenied', 403),
  ])('needs a person after %s', (error) => {
    expect(refusalOf(error)).toMatchObject({ passing: false })
  })

  it('names no address', () => {
    const error = Object.assign(answer('MessageRejected', 400), { message: 'Email address is not verified: a@b.example' })

    expect(String(refusalOf(error))).not.toContain('a@b')
  })

  it('is a mail that could not even be built', async () => {
    vi.stubEnv('MAIL_SENDER', '')
    const message = { deliveryId: 'dlv_1', tenantId: 't', from: { name: 'T' }, to: 'a@b.example', subject: 's', html: '', text: '' }

    const error = await mail(message).catch((thrown) => thrown)

    expect(error).toBeInstanceOf(MailRefused)
    expect(error.passing).toBe(false)
  })
})

describe('what SES may have taken all the same', () => {
  it.each([
    broken('ECONNRESET'),
    broken('EPIPE'),
    timeout('a request has exceeded the configured 30000 ms requestTimeout.'),
    answer('InternalFailure', 500),
    answer('502', 502),
    answer('GatewayTimeout', 503),
  ])('keeps its claim after %s', (error) => {
    expect(refusalOf(error)).toBeUndefined()
  })
})
