import { Readable } from 'node:stream'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses'
import { expect, test } from 'vitest'
import { sparing } from '../../domain/store/sparing-client.ts'
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

interface Call {
  headers: Record<string, string>
  body: string
}

/** A connection that answers one thing after the other, and keeps the requests as they go out. */
function answering(...answers: [statusCode: number, answer: string][]) {
  const calls: Call[] = []
  const handle = async ({ headers, body, method, protocol, hostname, port, path, query }: Call & Record<string, unknown>) => {
    const [statusCode, answer] = answers[calls.length]!
    calls.push({ headers, body: Buffer.from(body).toString(), ...{ method, protocol, hostname, port, path, query } })
    return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(answer)]) } }
  }
  return { calls, requestHandler: { handle } as never }
}

const get = (pk: string) => new GetItemCommand({ TableName: 't', Key: { pk: { S: pk } } })

/** Headers that differ from call to call, or say who calls. */
const ownOf = ({ headers, ...call }: Call) => ({
  ...call,
  headers: Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(amz-sdk-invocation-id|x-amz-date|authorization|.*user-agent)$/.test(name)),
  ),
})

test('later requests go where the first went, each with its own body, signed with the credentials of the moment', async () => {
  const [own, sdk] = [answering([200, '{}'], [200, '{"Item":{}}']), answering([200, '{}'], [200, '{"Item":{}}'])]
  let accessKeyId = ''
  const credentials = async () => ({ accessKeyId, secretAccessKey: 's', sessionToken: 't', expiration: new Date(0) })
  const client = wired(new DynamoDBClient({ ...settings, ...sparing, credentials, requestHandler: own.requestHandler }))
  const plain = new DynamoDBClient({
    ...settings,
    credentials: { accessKeyId: 'P', secretAccessKey: 's', sessionToken: 't' },
    requestHandler: sdk.requestHandler,
  })

  for (const pk of ['a', 'a longer one']) {
    accessKeyId = pk.toUpperCase().slice(-3)
    for (const one of [client, plain]) await one.send(get(pk))
  }

  expect(own.calls.map(ownOf)).toEqual(sdk.calls.map(ownOf))
  expect(own.calls.map(({ body }) => JSON.parse(body).Key.pk.S)).toEqual(['a', 'a longer one'])
  expect(own.calls.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization!)![1])).toEqual(['A', 'ONE'])
})

test('what passes is tried again as the SDK does, and what does not is its error, also after calls that went well', async () => {
  const refusal = '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no"}'
  const { calls, requestHandler } = answering([200, '{}'], [503, '<html>'], [200, '{"Item":{"pk":{"S":"a"}}}'], [400, refusal])
  const client = wired(new DynamoDBClient({ ...settings, ...sparing, maxAttempts: 2, requestHandler }))

  await client.send(get('a'))
  const found = await client.send(get('b'))

  expect(found).toMatchObject({ Item: { pk: { S: 'a' } }, $metadata: { httpStatusCode: 200, attempts: 2 } })
  expect(calls.map(({ body }) => JSON.parse(body).Key.pk.S)).toEqual(['a', 'b', 'b'])
  await expect(client.send(get('c'))).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    $metadata: { httpStatusCode: 400, attempts: 1 },
  })
})
