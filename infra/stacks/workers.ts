import type { Construct } from 'constructs'
import { queues } from '../../functions/manifest.ts'
import { environmentOf } from '../constructs/environment.ts'
import { grantsFor } from '../constructs/grants.ts'
import { type House, houseStack } from '../constructs/house.ts'
import { houseFunction } from '../constructs/house-function.ts'
import { consumeGrants, feed } from '../constructs/work-queue.ts'
import type { Data } from './data.ts'
import type { Address } from './events.ts'

/** The workers of the queues, each beside the queue that it empties. A stack of their own: one of all functions is too large. */
export function workersStack(scope: Construct, house: House, data: Data, address: Address): void {
  const stack = houseStack(scope, house, 'workers', 'Guanxi: queue workers')
  for (const queue of queues) {
    const work = data.queues[queue.name]!
    const worker = houseFunction(stack, house, {
      name: `queue-${queue.name}`,
      timeoutSeconds: queue.timeoutSeconds,
      environment: { ...environmentOf(house, queue, data), ...address },
      grants: [...consumeGrants(work), ...grantsFor(queue, data)],
      deadLetters: work.deadLetters,
      key: data.key,
    })
    feed(stack, worker, work, { size: queue.batchSize, concurrency: queue.concurrency })
  }
}
