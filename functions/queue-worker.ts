import type * as z from 'zod'
import { batchHandler } from './batch.ts'

/** The handler of a work queue. A message that does not fit the schema fails, and ends in the dead letters. */
export const queueWorker = <S extends z.ZodType>(Message: S, work: (message: z.output<S>) => Promise<void>) =>
  batchHandler((body) => work(Message.parse(body)))
