import { Event } from '../../../domain/platform/event/event.ts'
import { eventList, listEvents } from '../../../domain/platform/event/list-events.ts'
import { route } from '../route.ts'

export const eventRoutes = [
  route({
    method: 'GET',
    path: '/v1/events',
    summary: 'List what happened',
    description:
      'The audit trail of the firm, newest first: filter it by type, by who did it, by customer, or by the record it was done to.',
    permission: 'events.read',
    list: eventList,
    response: Event,
    run: listEvents,
  }),
]
