import { Handover, HandoverRequest } from '../../../domain/parties/handover/handover.ts'
import { getHandover, handoverList, listHandovers } from '../../../domain/parties/handover/read-handover.ts'
import { startHandover } from '../../../domain/parties/handover/start-handover.ts'
import { route } from '../route.ts'

export const handoverRoutes = [
  route({
    method: 'POST',
    path: '/v1/users/{id}/handover',
    summary: 'Hand over everything of a leaver',
    description:
      'Ends the access of the user at once, tokens and API keys too, and moves customers, places in teams and pools, and open follow-ups to others in a job. With rules, the first that a customer fits decides; `toUserId` takes the rest. Asked for again while it runs, the running one is answered.',
    permission: 'users.write',
    body: HandoverRequest,
    response: Handover,
    accepts: true,
    location: ({ id }) => `/v1/handovers/${id}`,
    example: {
      body: {
        toUserId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
        rules: [{ where: { field: 'level', op: 'in', value: ['key-major', 'key-secondary'] }, toUserId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }],
      },
    },
    run: startHandover,
  }),
  route({
    method: 'GET',
    path: '/v1/handovers',
    summary: 'List handovers',
    permission: 'users.write',
    list: handoverList,
    response: Handover,
    run: listHandovers,
  }),
  route({
    method: 'GET',
    path: '/v1/handovers/{id}',
    summary: 'Get a handover',
    description: 'How far it came, and what went to whom.',
    permission: 'users.write',
    response: Handover,
    run: getHandover,
  }),
]
