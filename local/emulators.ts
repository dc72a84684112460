import { join } from 'node:path'
import { consumers, streamPublisher, queues as workQueues } from '../functions/manifest.ts'
import { type LocalDynamo, startDynamo } from './aws/dynamodb.ts'
import { type LocalBus, type Rule, startBus } from './aws/events.ts'
import { type MailStore, openMailStore } from './aws/mail-store.ts'
import { type LocalQueues, type QueueDefinition, startQueues } from './aws/queues.ts'
import { type LocalSes, startSes } from './aws/ses.ts'
import { busName, configurationSet, filesBucket } from './environment.ts'

/** The AWS services of one machine. */
export interface Emulators {
  dynamo: LocalDynamo
  queues: LocalQueues
  bus: LocalBus
  mails: MailStore
  ses: LocalSes
}

/** Every queue of the manifest; the publisher has none, but a dead-letter queue for records it fails on. */
export const queueNames: string[] = [...consumers, ...workQueues, streamPublisher].map(({ name }) => name)

const definitions: QueueDefinition[] = [...consumers, ...workQueues, { ...streamPublisher, timeoutSeconds: 60 }]

const rules: Rule[] = consumers.map(({ name, source, detailTypes, detail, ofCampaigns }) => ({
  bus: source === 'aws.ses' ? 'default' : busName,
  source,
  detailTypes,
  detail,
  ofCampaigns,
  queue: name,
}))

/** Starts all of them over a directory; what must be stopped is added to `stops`. */
export async function startEmulators(dataDir: string, stops: (() => unknown)[]): Promise<Emulators> {
  const dynamo = await startDynamo(join(dataDir, 'dynamodb'))
  stops.push(dynamo.stop)
  const queues = await startQueues(join(dataDir, 'queues'), definitions, filesBucket)
  stops.push(queues.stop)
  const mails = openMailStore(join(dataDir, 'mail.db'))
  stops.push(mails.close)
  const bus = await startBus(rules, queues.send)
  stops.push(bus.stop)
  const configurationSetArn = `arn:aws:ses:us-east-1:000000000000:configuration-set/${configurationSet}`
  const ses = await startSes(mails, configurationSet, ({ detailType, detail }) =>
    bus.publish('aws.ses', detailType, [configurationSetArn], detail),
  )
  stops.push(ses.stop)
  return { dynamo, queues, bus, mails, ses }
}
