import * as z from 'zod'
import { Instant } from '../../../domain/kernel/dates.ts'
import { startReclaims } from '../../../domain/parties/ownership/start-reclaims.ts'
import { enqueue } from '../../clients/queues.ts'
import { systemContext } from '../../runtime.ts'

const Scheduled = z.object({ name: z.string(), time: Instant })

/** Every full hour: the tenants whose local day has begun, by the time the run is for and not by the clock. */
export const handler = async (event: unknown): Promise<void> => startReclaims(systemContext({ enqueue }), Scheduled.parse(event).time)
