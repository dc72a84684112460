import { StaleWrite } from '../../kernel/errors.ts'
import { defineEntity } from '../../store/entity.ts'
import { type Handover, receiversOf } from './handover.ts'

/** Held while a user is handing over, with the id of the handover. */
export const leavingGuard = 'handover-from'

/** In how many running handovers a user takes over. */
export const takingOver = (userId: string) => ({ name: 'handover-to', of: userId })

export const handoversPartition = ['HANDOVERS']

/**
 * A job in its tenant's list. While it runs, nobody can begin another for the same leaver (whoever loses that race finds the
 * winner's and is answered with it), and what goes to whom is counted, so that handovers make no circle.
 */
export const handovers = defineEntity<Handover>({
  type: 'handover',
  prefix: 'hnd',
  schemaVersion: 1,
  key: (id) => ({ pk: handoversPartition, sk: [id] }),
  guards: ({ status, fromUserId }) =>
    status === 'running' ? [{ name: leavingGuard, value: fromUserId, taken: () => new StaleWrite() }] : [],
  counts: (handover) => (handover.status === 'running' ? receiversOf(handover).map(takingOver) : []),
})
