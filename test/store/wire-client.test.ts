import { Readable } from 'node:stream'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses'
import { expect, test } from 'vitest'
import { wired } from '../../domain/store/wire-client.ts'
import { mailWire } from '../../functions/clients/mail-wire.ts'

const settings = { region: 'eu-west-1', maxAttempts: 1, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }

/** A connection that keeps what it is given to send, and answers the same to everything. */
function connection(statusCode: number, answer: string) {
  const sent: string[] = []
  const handle = async ({ body }: { body: string }) => {
    sent.push(body)
    return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(answer)]) } }
  }
  return { sent, requestHandler: { handle } as never }
}

test('SES is told by hand what the SDK would tell it, and its answer is read alike', async () => {
  const xml = '<R xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>id-1</MessageId></SendRawEmailResult></R>'
  const [own, sdk] = [connection(200, xml), connection(200, xml)]
  const command = new SendRawEmailCommand({
    RawMessage: { Data: Buffer.from(Array.from({ length: 256 }, (_, i) => i)) },
    Source: 'a+b@example.com',
    Destinations: ['x@example.com', 'y@example.com'],
    Tags: [{ Name: 'tenant', Value: 'ten_1&Tags=2' }],
  })

  const answers = [
    await wired(new SESClient({ ...settings, requestHandler: own.requestHandler }), mailWire).send(command),
    await new SESClient({ ...settings, requestHandler: sdk.requestHandler }).send(command),
  ]

  const fields = ({ sent }: typeof own) => [...new URLSearchParams(sent[0])].sort()
  expect(fields(own)).toEqual(fields(sdk))
  expect(answers.map(({ MessageId }) => MessageId)).toEqual(['id-1', 'id-1'])
})

test('a refusal is the error that the SDK makes of it', async () => {
  const { requestHandler } = connection(400, '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"none"}')
  const client = wired(new DynamoDBClient({ ...settings, requestHandler }))

  const asked = client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }))

  await expect(asked).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'none' })
})
