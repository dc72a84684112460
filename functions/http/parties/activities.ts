import { Activity, ChangeActivity, LogActivity } from '../../../domain/parties/activity/activity.ts'
import { changeActivity, deleteActivity, getActivity } from '../../../domain/parties/activity/change-activity.ts'
import { activityList, customerActivityList, listActivities } from '../../../domain/parties/activity/list-activities.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { activityKind } from '../../../domain/parties/record-kinds.ts'
import { bulkRoutes } from '../bulk.ts'
import { route } from '../route.ts'
import { activityExample } from './examples.ts'
import { ofCustomer } from './of-customer.ts'

export const activityRoutes = [
  route({
    method: 'GET',
    path: '/v1/activities',
    summary: 'List activities',
    description: 'What the caller and those below have logged, the latest first; with customerId everything of that customer.',
    permission: 'activities.read',
    list: activityList,
    response: Activity,
    run: listActivities,
  }),
  route({
    method: 'GET',
    path: '/v1/customers/{id}/activities',
    summary: 'List the activities of a customer',
    permission: 'activities.read',
    list: customerActivityList,
    response: Activity,
    run: (ctx, input) => listActivities(ctx, ofCustomer(input)),
  }),
  route({
    method: 'POST',
    path: '/v1/activities',
    summary: 'Log an activity',
    description:
      "Closes the follow-up it names, else the author's open ones of the customer that were due by then; nextContactOn plans the next. What has not happened yet is a follow-up: a future `at` is refused.",
    permission: 'activities.write',
    body: LogActivity,
    response: Activity,
    creates: true,
    example: { body: activityExample },
    run: logActivity,
  }),
  route({
    method: 'GET',
    path: '/v1/activities/{id}',
    summary: 'Get an activity',
    permission: 'activities.read',
    response: Activity,
    run: getActivity,
  }),
  route({
    method: 'PATCH',
    path: '/v1/activities/{id}',
    summary: 'Correct an activity',
    description: 'JSON Merge Patch. Follow-ups that the activity closed or planned stay as they are by now.',
    permission: 'activities.write',
    body: ChangeActivity,
    response: Activity,
    example: { body: { kind: 'meeting', outcome: '已报价' } },
    run: changeActivity,
  }),
  route({
    method: 'DELETE',
    path: '/v1/activities/{id}',
    summary: 'Delete an activity',
    description: 'The customer was last in contact at the latest activity that remains.',
    permission: 'activities.write',
    run: deleteActivity,
  }),
  ...bulkRoutes({ kind: activityKind, response: Activity, example: activityExample }),
]
