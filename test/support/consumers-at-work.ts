import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { Context } from '../../domain/kernel/context.ts'
import { detailTypeOf } from '../../events/define.ts'
import { allEvents } from '../../events/registry.ts'
import { type Consumer, consumers, queues as workQueues } from '../../functions/manifest.ts'
import { startQueues } from '../../local/aws/queues.ts'
import { startWorkers } from '../../local/aws/workers.ts'
import { localFunction } from '../../local/lambda.ts'
import { sesEvent } from './mail.ts'
import { sharedS3 } from './s3.ts'

const urlName = (queue: string) => `QUEUE_${queue.toUpperCase().replaceAll('-', '_')}_URL`

/** Queues and files of one machine for all consumers, and the environment in which their functions find them. */
export async function startMachine() {
  await sharedS3()
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-poison-'))
  const queues = await startQueues(folder, [...consumers, ...workQueues], 'files')
  const before = { ...process.env }
  for (const { name } of workQueues) process.env[urlName(name)] = queues.url(name)
  process.env.AWS_ENDPOINT_URL_SQS = queues.endpoint
  const stop = async () => {
    process.env = before
    await queues.stop()
    rmSync(folder, { recursive: true })
  }
  return { queues, stop }
}

/** News that this consumer can take, of a customer of the tenant of whom it finds nothing else. */
export function goodNews(ctx: Context, { source, detailTypes }: Consumer, customerId: string): Record<string, unknown> {
  const tenantId = ctx.tenant.id
  if (source !== 'guanxi')
    return sesEvent('Delivery', { tenantId, deliveryId: 'none' }, { delivery: { timestamp: '2026-01-15T00:00:00.000Z' } })
  const { name, version, sample } = allEvents.find((event) => detailTypeOf(event) === detailTypes[0])!
  // Nothing is posted on a day to come, and samples are of some day; what they name is the customer's.
  const data = JSON.parse(
    JSON.stringify(sample)
      .replaceAll(/"\d{4}-\d\d-\d\d"/g, '"2026-01-15"')
      .replaceAll(/"([a-z]{3})_[0-9A-Z]{26}"/g, (_, prefix) => `"${ctx.newId(prefix, customerId)}"`),
  )
  // There is no such document to credit.
  if (typeof data.amount === 'number') data.amount = 0
  const [type = ''] = name.split('.')
  const subject = { type, id: ctx.newId(type.slice(0, 3), customerId) }
  const detail = {
    id: 'evt_1',
    name,
    version,
    tenantId,
    at: new Date().toISOString(),
    actor: { kind: 'user', id: 'usr_1' },
    subject,
    customerId,
    data,
    requestId: 'req_1',
  }
  return { source, 'detail-type': detailTypeOf({ name, version }), detail }
}

/** Works the queues of these consumers by their own functions, over messages as `mended` makes them; notes what was done and what failed. */
export async function atWork(
  queues: Awaited<ReturnType<typeof startMachine>>['queues'],
  some: readonly Consumer[],
  mended: (body: string, consumer: string) => string = (body) => body,
) {
  const done = new Map<string, number>(some.map(({ name }) => [name, 0]))
  const works = await Promise.all(
    some.map(async ({ name, entry, timeoutSeconds }) => {
      const { handler } = await import(/* @vite-ignore */ `../../${entry}`)
      const invoke = async (event: unknown) => {
        const Records = (event as SQSEvent).Records.map((record) => ({ ...record, body: mended(record.body, name) }))
        const answer = (await handler({ Records })) as SQSBatchResponse
        done.set(name, done.get(name)! + Records.length - answer.batchItemFailures.length)
        return answer
      }
      return { queue: name, worker: localFunction(name, invoke, timeoutSeconds), batchSize: 10, concurrency: 1 }
    }),
  )
  const workers = startWorkers(queues, works, 0)
  const isOver = () => workers.running() === 0 && some.every(({ name }) => queues.open(name) === 0)
  return {
    done,
    /** Ends when nothing waits any more. */
    async over(): Promise<void> {
      const deadline = Date.now() + 60_000
      while (!isOver()) {
        if (Date.now() > deadline)
          throw new Error(`Still at work: ${some.filter(({ name }) => queues.open(name) > 0).map(({ name }) => name)}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await workers.stop()
    },
  }
}
