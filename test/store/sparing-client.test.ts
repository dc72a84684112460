import { Readable } from 'node:stream'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collected, spare, sparing } from '../../domain/store/sparing-client.ts'

const hour = 60 * 60 * 1000

test('a client that keeps its signer signs with the credentials of the moment, and asks again for those it did not get', async () => {
  let accessKeyId: string | undefined
  const signed: string[] = []
  const client = spare(
    new DynamoDBClient({
      ...sparing,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: async () => {
        if (!accessKeyId) throw new Error('no credentials yet')
        return { accessKeyId, secretAccessKey: 'secret', expiration: new Date(Date.now() - hour) }
      },
      requestHandler: {
        handle: async (request: { headers: Record<string, string> }) => {
          signed.push(/Credential=(\w+)/.exec(request.headers.authorization!)![1]!)
          return { response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from('{}')]) } }
        },
      } as never,
    }),
  )
  const call = () => client.send(new ListTablesCommand({}))

  await expect(call()).rejects.toThrow('no credentials yet')
  accessKeyId = 'FIRST'
  await call()
  accessKeyId = 'SECOND'
  await call()

  expect(signed).toEqual(['FIRST', 'SECOND'])
})

test('the bytes of an answer are whole in any number of chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1 })), async (chunks) => {
      const bytes = await collected(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))

      expect(Buffer.from(bytes).equals(Buffer.concat(chunks))).toBe(true)
    }),
  )
})

test('an answer that breaks off fails', async () => {
  const answer = Readable.from(
    (async function* () {
      yield Buffer.from('{"Item":')
      throw new Error('aborted')
    })(),
  )

  await expect(collected(answer)).rejects.toThrow('aborted')
})
