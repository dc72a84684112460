import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'

/** One thing that is due on a day. */
export const AgendaEntry = z
  .object({
    kind: z.string().meta({
      description:
        'What is due: `contact` for a follow-up, `quote` for one that is unanswered or about to end, `delivery` for an order, `receivable` for what a customer owes, `reorder` for a customer that should have ordered by then, `dormant` for one of which nothing was heard for the days of the firm, `reclaim` for a customer about to go to the pool.',
    }),
    on: BusinessDate,
    daysLate: z.int().meta({ description: 'Above 0: late; 0: today; below 0: ahead.' }),
    followUpId: z.string().nullable().default(null),
    customerId: z.string(),
    customerName: z.string(),
    subject: z.string(),
    ownerId: z.string().meta({ description: 'Who is to do it.' }),
  })
  .meta({ id: 'AgendaEntry' })
export type AgendaEntry = z.output<typeof AgendaEntry>

/** How far one look may reach. */
export const longestAgendaDays = 92
/** How far it reaches when nothing is said. */
export const usualAgendaDays = 7
