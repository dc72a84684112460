import type { Spent } from '../domain/store/capacity.ts'
import { assumedFunction, million, price, runningMs, usdOfRunning, usdOfUnits } from './price-model.ts'

/** USD for a million mails by SES; and for a million calls of SQS, which the model leaves out. */
const sesFee = 100
const sqsCalls = 0.4

/** What is assumed of campaigns beside what is assumed of every function. */
const assumed = {
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

const usdOf = ({ spent, cpu }: Taken, waitingMs: number, requests: number): number =>
  usdOfUnits(spent) + requests * price.request + usdOfRunning(runningMs(cpu, spent.calls) + waitingMs)

/** What the infrastructure takes for a million mails with one event of SES each, in USD, SQS apart, and as a share of what SES takes. */
export function campaignCost(mail: Taken, event: Taken): { usd: number; sqs: number; share: number } {
  const usd = usdOf(mail, assumed.sesMilliseconds, 1 / 100) + usdOf(event, 0, 1 / assumed.eventsOfCall)
  return { usd, sqs: (assumed.sqsOfBlock + assumed.sqsOfEvent) * sqsCalls, share: usd / sesFee }
}

export const assumptions = `Assumed: functions of ${assumedFunction.memoryGb * 1024} MB, ${assumedFunction.callMilliseconds} ms for a call of DynamoDB, ${assumed.sesMilliseconds} ms for SES, ${sesFee} USD for ${million.toLocaleString('en')} mails.`
