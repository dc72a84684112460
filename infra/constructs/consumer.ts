import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import type { Construct } from 'constructs'
import type { Consumer } from '../../functions/manifest.ts'
import type { Data } from '../stacks/data.ts'
import { environmentOf } from './environment.ts'
import { grantsFor } from './grants.ts'
import { type House, nameOf } from './house.ts'
import { houseFunction } from './house-function.ts'
import { consumeGrants, feed, workQueue } from './work-queue.ts'

/** At most so many runs of one consumer at once: a flood of one event must not starve the API of the account's concurrency. */
const concurrency = 10
const batchSize = 10

/**
 * One effect of one event: rule -> queue -> function. What EventBridge cannot deliver and what the function cannot do both end
 * in the consumer's own dead letters.
 */
export function eventConsumer(scope: Construct, house: House, data: Data, consumer: Consumer, environment: Record<string, string>): void {
  const { name } = consumer
  const work = workQueue(scope, house, name, consumer.timeoutSeconds)
  new Rule(scope, `${name}-rule`, {
    ruleName: nameOf(house, name),
    ...(consumer.source === 'guanxi' && { eventBus: data.bus as IEventBus }),
    eventPattern: {
      source: [consumer.source],
      detailType: consumer.detailTypes,
      ...(consumer.detail && { detail: consumer.detail }),
      ...(consumer.source === 'aws.ses' && { detail: ofMails(consumer, data.mail.configurationSetName) }),
    },
    targets: [new SqsQueue(work.queue, { deadLetterQueue: work.deadLetters })],
  })
  const worker = houseFunction(scope, house, {
    name,
    timeoutSeconds: consumer.timeoutSeconds,
    environment: { ...environmentOf(house, consumer, data), ...environment },
    grants: [...consumeGrants(work), ...grantsFor(consumer, data)],
    deadLetters: work.deadLetters,
    key: data.key,
  })
  feed(scope, worker, work, { size: batchSize, concurrency })
}

/** SES events of every stage and application of the account meet on the default bus; ours carry our configuration set. */
const ofMails = ({ ofCampaigns }: Consumer, configurationSet: string) => {
  const campaign = ofCampaigns === undefined ? {} : { campaign: [{ exists: ofCampaigns }] }
  return { mail: { tags: { 'ses:configuration-set': [configurationSet], ...campaign } } }
}
