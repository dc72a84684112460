import type { Spent } from '../domain/store/capacity.ts'

/** USD, by the price model of the design: a million of units or requests, a GB-second; and what SES takes for a million mails. */
const price = { request: 0.2, gbSecond: 13.3334e-6, rru: 0.125, wru: 0.625, ses: 100 }
/** A million calls of SQS, which the model leaves out. */
const sqsCalls = 0.4

/** What is assumed where nothing can be measured here. */
const assumed = {
  memoryGb: 0.5,
  /** Lambda gives 512 MB this share of a processor, so CPU takes so much longer by the clock. */
  processorShare: 512 / 1769,
  /** Answer times of DynamoDB and SES seen from Lambda. */
  callMilliseconds: 4,
  sesMilliseconds: 40,
  /** SQS: a message is sent in tens, received and deleted; a block of a hundred is one, an event of SES another, ten to a call. */
  sqsOfBlock: 3 / 100,
  sqsOfEvent: 1.2,
  eventsOfCall: 10,
}

/** What one mail, or the noting of one event, takes. */
export interface Taken {
  spent: Pick<Spent, 'readUnits' | 'writeUnits' | 'calls'>
  /** CPU in milliseconds. */
  cpu: number
}

const usdOf = ({ spent, cpu }: Taken, waiting: number, requests: number): number => {
  const milliseconds = cpu / assumed.processorShare + spent.calls * assumed.callMilliseconds + waiting
  const duration = (milliseconds / 1000) * assumed.memoryGb * price.gbSecond * 1e6
  return spent.readUnits * price.rru + spent.writeUnits * price.wru + requests * price.request + duration
}

/** What the infrastructure takes for a million mails with one event of SES each, in USD, SQS apart, and as a share of what SES takes. */
export function campaignCost(mail: Taken, event: Taken): { usd: number; sqs: number; share: number } {
  const usd = usdOf(mail, assumed.sesMilliseconds, 1 / 100) + usdOf(event, 0, 1 / assumed.eventsOfCall)
  return { usd, sqs: (assumed.sqsOfBlock + assumed.sqsOfEvent) * sqsCalls, share: usd / price.ses }
}

export const assumptions = `Assumed: functions of ${assumed.memoryGb * 1024} MB, ${assumed.callMilliseconds} ms for a call of DynamoDB, ${assumed.sesMilliseconds} ms for SES, ${price.ses} USD for a million mails.`
