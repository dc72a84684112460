import * as z from 'zod'
import { Instant } from '../../../domain/kernel/dates.ts'
import { startCampaigns } from '../../../domain/marketing/campaign/start-campaigns.ts'
import { enqueue } from '../../clients/queues.ts'
import { systemContext } from '../../runtime.ts'

const Scheduled = z.object({ name: z.string(), time: Instant })

/** Every five minutes: the campaigns that are to start or go on, by the time the run is for and not by the clock. */
export const handler = async (event: unknown): Promise<void> => startCampaigns(systemContext({ enqueue }), Scheduled.parse(event).time)
