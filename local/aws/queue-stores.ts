/**
 * SQS and S3 on one machine: fauxqs inside this process. Its parts are put together here because its own `startFauxqs`
 * listens on every network interface, and what it serves asks nobody for a password.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { buildApp } from 'fauxqs'
import { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js'
import { FileS3Persistence } from '../../node_modules/fauxqs/dist/s3/fileS3Persistence.js'
import { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js'
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js'
import { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js'

export const region = 'us-east-1'

/** Opens SQS and S3 with what `dir` holds of them. `sent` hears of each message, with the name of its queue, just before it is there. */
export function openStores(dir: string, sent: (queue: string) => void) {
  const files = join(dir, 'files')
  mkdirSync(files, { recursive: true })
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() }
  const messages = new PersistenceManager(dir)
  // Its own statement sets the count of receives to null, which its table refuses.
  const db: DatabaseSync = Reflect.get(messages, 'db')
  // What it wrote is the system's once it is written: it outlives this process, and a disk's word for each message costs a millisecond.
  db.exec('PRAGMA synchronous = OFF')
  messages.updateMessageReady = (messageId) => {
    db.prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?').run(messageId)
  }
  // Whatever is sent, by ourselves or over HTTP, comes through here.
  const insert = messages.insertMessage.bind(messages)
  messages.insertMessage = (queue, message) => {
    insert(queue, message)
    sent(queue)
  }
  const objects = new FileS3Persistence(files)
  // What is stored is read before the stores learn where to write, else reading it would write it again.
  messages.loadSqsAndSns(stores.sqsStore, stores.snsStore)
  objects.loadS3(stores.s3Store)
  stores.sqsStore.persistence = messages
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = messages
  stores.s3Store.persistence = objects
  const app = buildApp({ logger: false, defaultRegion: region, stores })
  app.addHook('onClose', async () => {
    messages.close()
    objects.close()
  })
  return { app, sqs: stores.sqsStore, s3: stores.s3Store }
}
