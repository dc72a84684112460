import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import type { OutgoingMail } from '../../../domain/kernel/context.ts'
import { rawMail } from '../../../functions/clients/raw-mail.ts'
import { seed, tries } from '../../support/share.ts'

const from = { name: '关系贸易 "Harbour"', address: 'news@harbour.example' }
const mail = (more: Partial<OutgoingMail> = {}): OutgoingMail => ({
  ...{ deliveryId: 'd', tenantId: 't', from: { name: 'x' }, to: 'reader@firm.example', subject: 'News', html: '<p>您好</p>', text: '您好' },
  ...more,
})
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
  .map((value) => `a${value.replace(/\p{C}/gu, '').replace(/\s/g, ' ')}b`)

describe('a mail as it goes over the wire', () => {
  test('is read as it was written, in any language', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (subject, words) => {
        const given = mail({ subject, text: words, html: `<p>${words}</p>`, replyTo: 'r@reply.example' })

        const read = await PostalMime.parse(rawMail(given, { ...from, name: words }))

        expect([read.subject, read.text?.trim(), read.html?.trim()]).toEqual([subject, words, given.html])
        expect([read.from, read.to, read.replyTo]).toMatchObject([
          { name: words, address: from.address },
          [{ address: given.to }],
          [{ address: 'r@reply.example' }],
        ])
      }),
      { numRuns: tries({ test: 30, faults: 500, nightly: 5000 }), seed },
    )
  })

  test('has lines as short as mail wants them, and its headers', () => {
    const bytes = rawMail(
      mail({ subject: '秋季目录'.repeat(20), html: '长'.repeat(5000), headers: { 'List-Unsubscribe': '<https://x/u/1>' } }),
      from,
    )
    const lines = bytes.toString('latin1').split('\r\n')

    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(78)
    expect(lines).toContain('List-Unsubscribe: <https://x/u/1>')
    expect(bytes.every((byte) => byte < 128)).toBe(true)
  })

  test.each([
    ['subject', { subject: 'a\r\nBcc: x@y.example' }],
    ['header', { headers: { 'X-A': 'a\nBcc: x@y.example' } }],
    ['address', { to: 'a@b.example\r\nBcc: x@y.example' }],
    ['second address', { to: 'a@b.example, x@y.example' }],
    ['answer address', { replyTo: 'a@b.example>' }],
    ['no address', { to: 'nobody' }],
  ])('is refused when it would begin another header or recipient: %s', (_, more) => {
    expect(() => rawMail(mail(more), from)).toThrow()
  })
})
