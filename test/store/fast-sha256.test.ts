import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FastSha256 } from '../../domain/store/fast-sha256.ts'

const hashOf = async (chunks: Uint8Array[], secret?: string | Uint8Array) => {
  const hash = new FastSha256(secret)
  hash.update(Buffer.from('of an earlier use'))
  hash.reset()
  for (const chunk of chunks) hash.update(chunk)
  return Buffer.from(await hash.digest()).toString('hex')
}

test('hashes what it is given in any number of chunks as OpenSSL does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), async (chunks) => {
      expect(await hashOf(chunks)).toBe(createHash('sha256').update(Buffer.concat(chunks)).digest('hex'))
    }),
  )
})

test('signs with a secret of text or bytes, also one that it has seen before', async () => {
  const secret = fc.oneof(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 1 }))

  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), fc.uint8Array({ minLength: 1 }), secret, async (chunks, more, secret) => {
      const expected = (all: Uint8Array[]) => createHmac('sha256', secret).update(Buffer.concat(all)).digest('hex')
      const all = [chunks, chunks, [...chunks, more], chunks]

      const signed: string[] = []
      for (const one of all) signed.push(await hashOf(one, secret))

      expect(signed).toEqual(all.map(expected))
    }),
  )
})
