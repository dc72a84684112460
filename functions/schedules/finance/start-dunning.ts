import * as z from 'zod'
import { startDunning } from '../../../domain/finance/dunning/plan-dunning.ts'
import { Instant } from '../../../domain/kernel/dates.ts'
import { enqueue } from '../../clients/queues.ts'
import { systemContext } from '../../runtime.ts'

const Scheduled = z.object({ name: z.string(), time: Instant })

/** Every full hour: the tenants that dun their customers and whose hour has come, by the time the run is for and not by the clock. */
export const handler = async (event: unknown): Promise<void> => startDunning(systemContext({ enqueue }), Scheduled.parse(event).time)
