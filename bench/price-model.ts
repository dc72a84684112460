import type { Spent } from '../domain/store/capacity.ts'

/** USD, by the price model of the design: per million, per GB-second, per GB. */
export const price = { httpApi: 1, request: 0.2, gbSecond: 13.3334e-6, rru: 0.125, wru: 0.625, logGb: 0.5, outGb: 0.09, event: 1 }

export const million = 1e6

/** What is assumed of every function, since it cannot be measured here. */
export const assumedFunction = {
  memoryGb: 0.5,
  /** Lambda gives 512 MB this share of a processor, so CPU takes so much longer by the clock. */
  processorShare: 512 / 1769,
  /** Answer time of DynamoDB seen from Lambda. */
  callMilliseconds: 4,
}

/** How long a function runs that takes so much CPU and waits for so many calls of DynamoDB, in milliseconds. */
export const runningMs = (cpuMs: number, calls: number): number =>
  cpuMs / assumedFunction.processorShare + calls * assumedFunction.callMilliseconds

/** USD for a million runs of so many milliseconds. */
export const usdOfRunning = (milliseconds: number): number => (milliseconds / 1000) * assumedFunction.memoryGb * million * price.gbSecond

/** USD for a million times so many units. */
export const usdOfUnits = ({ readUnits, writeUnits }: Pick<Spent, 'readUnits' | 'writeUnits'>): number =>
  readUnits * price.rru + writeUnits * price.wru
