import { creditList } from '../../../domain/finance/settlement/list-credits.ts'
import { createWriteOff, getWriteOff, listWriteOffs, reverseWriteOff } from '../../../domain/finance/write-off/create-write-off.ts'
import { CreateWriteOff, shownWriteOff, WriteOff, type WriteOff as WriteOffRecord } from '../../../domain/finance/write-off/write-off.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { presented, type Route } from '../route.ts'
import { Reversing } from './actions.ts'
import { writeOffExample } from './examples.ts'

const present = (_ctx: Context, writeOff: WriteOffRecord) => shownWriteOff(writeOff)
const read = { permission: 'write-offs.read' as const, response: WriteOff, present }
const write = { permission: 'write-offs.write' as const, response: WriteOff, present }

export const writeOffRoutes: Route[] = [
  presented({
    ...read,
    method: 'GET',
    path: '/v1/write-offs',
    summary: 'List write-offs',
    list: creditList,
    run: listWriteOffs,
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/write-offs',
    summary: 'Write receivables off',
    description: 'Gives up what is owed as lost (坏账核销): all of the amount is allocated.',
    body: CreateWriteOff,
    creates: true,
    example: { body: writeOffExample },
    run: createWriteOff,
  }),
  presented({ ...read, method: 'GET', path: '/v1/write-offs/{id}', summary: 'Get a write-off', run: getWriteOff }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/write-offs/{id}/reverse',
    summary: 'Reverse a write-off',
    description: 'What it gave up is owed again.',
    body: Reversing,
    example: { body: { reason: '客户恢复付款' } },
    run: reverseWriteOff,
  }),
]
