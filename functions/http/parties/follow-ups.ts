import * as z from 'zod'
import { today } from '../../../domain/kernel/dates.ts'
import {
  changeFollowUp,
  createFollowUp,
  deleteFollowUp,
  getFollowUp,
  postponeFollowUp,
} from '../../../domain/parties/follow-up/change-follow-up.ts'
import { ChangeFollowUp, CreateFollowUp, FollowUp } from '../../../domain/parties/follow-up/follow-up.ts'
import { customerFollowUpList, followUpList, listFollowUps } from '../../../domain/parties/follow-up/list-follow-ups.ts'
import { followUpKind } from '../../../domain/parties/record-kinds.ts'
import { bulkRoutes } from '../bulk.ts'
import { route } from '../route.ts'
import { followUpExample } from './examples.ts'
import { ofCustomer } from './of-customer.ts'

const Postponement = z.strictObject({ days: z.int().min(1).max(365) }).meta({ id: 'Postponement' })

export const followUpRoutes = [
  route({
    method: 'GET',
    path: '/v1/follow-ups',
    summary: 'List follow-ups',
    description:
      'Planned contacts of the caller and those below, by day. With customerId: what is open (status eq open) by day, or all in the order of planning.',
    permission: 'follow-ups.read',
    list: followUpList,
    response: FollowUp,
    run: listFollowUps,
  }),
  route({
    method: 'GET',
    path: '/v1/customers/{id}/follow-ups',
    summary: 'List the follow-ups of a customer',
    description: 'All in the order of planning, newest first; with status eq open by day.',
    permission: 'follow-ups.read',
    list: customerFollowUpList,
    response: FollowUp,
    run: (ctx, input) => listFollowUps(ctx, ofCustomer(input)),
  }),
  route({
    method: 'POST',
    path: '/v1/follow-ups',
    summary: 'Plan a follow-up',
    description: 'nextContactOn of the customer is the earliest open one.',
    permission: 'follow-ups.write',
    body: CreateFollowUp,
    response: FollowUp,
    creates: true,
    example: { body: followUpExample },
    run: createFollowUp,
  }),
  route({
    method: 'GET',
    path: '/v1/follow-ups/{id}',
    summary: 'Get a follow-up',
    permission: 'follow-ups.read',
    response: FollowUp,
    run: getFollowUp,
  }),
  route({
    method: 'PATCH',
    path: '/v1/follow-ups/{id}',
    summary: 'Change a follow-up',
    description: 'JSON Merge Patch. status goes from open to done or cancelled, and back; only an open one is changed otherwise.',
    permission: 'follow-ups.write',
    body: ChangeFollowUp,
    response: FollowUp,
    example: { body: { dueOn: '2026-11-30', subject: '电话回访' } },
    run: changeFollowUp,
  }),
  route({
    method: 'POST',
    path: '/v1/follow-ups/{id}/postpone',
    summary: 'Postpone a follow-up',
    description: 'By 1 to 365 days, counted from today when it is overdue.',
    permission: 'follow-ups.write',
    body: Postponement,
    response: FollowUp,
    example: { body: { days: 3 } },
    run: (ctx, input) => postponeFollowUp(ctx, { ...input, from: today(ctx) }),
  }),
  route({
    method: 'DELETE',
    path: '/v1/follow-ups/{id}',
    summary: 'Delete a follow-up',
    permission: 'follow-ups.write',
    run: deleteFollowUp,
  }),
  ...bulkRoutes({ kind: followUpKind, response: FollowUp, example: followUpExample }),
]
