import * as z from 'zod'
import { UserId } from '../../../domain/identity/index.ts'
import { BusinessDate } from '../../../domain/kernel/dates.ts'
import { AgendaEntry } from '../../../domain/reminders/agenda/agenda.ts'
import { agendaList, listAgenda } from '../../../domain/reminders/agenda/list-agenda.ts'
import { route } from '../route.ts'

const AgendaQuery = z.object({
  from: BusinessDate.optional().meta({ description: 'The first day; left out: everything late comes too.' }),
  to: BusinessDate.optional().meta({ description: 'The last day; left out: 7 days from today, or from `from` when that is later.' }),
  userId: UserId.optional().meta({ description: 'Whose agenda; left out: the caller. Somebody out of sight is 404.' }),
})

export const agendaRoutes = [
  route({
    method: 'GET',
    path: '/v1/agenda',
    summary: 'What is due',
    description: 'Of every kind, in the order of the days, at most 92 days of them.',
    permission: 'agenda.read',
    query: AgendaQuery,
    list: agendaList,
    response: AgendaEntry,
    run: listAgenda,
  }),
]
