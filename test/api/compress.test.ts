import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compressed } from '../../functions/http/compress.ts'

const body = JSON.stringify({ data: Array.from({ length: 100 }, (_, i) => ({ name: `客户 ${i}` })) })
const answer = { statusCode: 200, headers: { etag: '"1"' }, body }

test.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, gzip;q=0.8, *;q=0.1', 'GZIP', 'deflate, gzip'])(
  'an answer is compressed for %j',
  (accepted) => {
    const sent = compressed(answer, accepted)

    expect(sent).toMatchObject({ isBase64Encoded: true, headers: { etag: '"1"', 'content-encoding': 'gzip', vary: 'accept-encoding' } })
    expect(gunzipSync(Buffer.from(sent.body!, 'base64')).toString()).toBe(body)
  },
)

test.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0, br', 'x-gzipped'])('an answer stays plain for %j', (accepted) => {
  const sent = compressed(answer, accepted)

  expect(sent).toEqual({ ...answer, headers: { etag: '"1"', vary: 'accept-encoding' } })
})

test('a small answer stays as it is', () => {
  expect(compressed({ ...answer, body: '{}' }, 'gzip')).toEqual({ ...answer, body: '{}' })
})
