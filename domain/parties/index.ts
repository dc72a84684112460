/** What other contexts may use of parties. */

export { type Activity, activityKinds } from './activity/activity.ts'
export { listActivities } from './activity/list-activities.ts'
export { logActivity } from './activity/log-activity.ts'
export { customersInSight, rowsInSight, visibleCustomer, visibleOfCustomer, writableOfCustomer } from './customer/access.ts'
export { customerPartition, customers } from './customer/customer.table.ts'
export type { Customer, OpenFollowUp } from './customer/customer.ts'
export { type Summary, summariseCustomer } from './customer/summarise-customer.ts'
export { postponeFollowUp } from './follow-up/change-follow-up.ts'
export { type DueFollowUp, dueFollowUps, stillOpen } from './follow-up/due-follow-ups.ts'
export { type ContactDue, followUps } from './follow-up/follow-up.table.ts'
export type { FollowUp } from './follow-up/follow-up.ts'
export { writableRecord } from './record.ts'
