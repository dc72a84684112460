import * as z from 'zod'
import { startMonthEnds } from '../../../domain/finance/month-end/start-month-ends.ts'
import { Instant } from '../../../domain/kernel/dates.ts'
import { enqueue } from '../../clients/queues.ts'
import { systemContext } from '../../runtime.ts'

const Scheduled = z.object({ name: z.string(), time: Instant })

/** Once a day: every tenant's months are counted up to what was entered by then. */
export const handler = async (event: unknown): Promise<void> => startMonthEnds(systemContext({ enqueue }), Scheduled.parse(event).time)
