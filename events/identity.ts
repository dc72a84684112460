import * as z from 'zod'
import { defineEvent } from './define.ts'
import { Changed, Nothing } from './fields.ts'

export const TenantCreated = defineEvent({ name: 'tenant.created', version: 1, summary: 'A firm was set up.', data: Nothing, sample: {} })
export const TenantChanged = defineEvent({
  name: 'tenant.changed',
  version: 1,
  summary: 'Settings of the firm were changed.',
  data: Changed,
  sample: { changed: ['reminderHour'] },
})
export const UserCreated = defineEvent({ name: 'user.created', version: 1, summary: 'A user was added.', data: Nothing, sample: {} })
export const UserChanged = defineEvent({
  name: 'user.changed',
  version: 1,
  summary: 'A user was changed.',
  data: Changed,
  sample: { changed: ['roles'] },
})
export const UserActivityChanged = defineEvent({
  name: 'user.activity-changed',
  version: 1,
  summary: 'A user was shut out or let in again.',
  data: z.strictObject({ active: z.boolean() }),
  sample: { active: false },
})
export const ApiKeyCreated = defineEvent({
  name: 'api-key.created',
  version: 1,
  summary: 'An API key was made.',
  data: z.strictObject({ scopes: z.array(z.string()) }),
  sample: { scopes: ['customers.read'] },
})
export const ApiKeyRotated = defineEvent({
  name: 'api-key.rotated',
  version: 1,
  summary: 'An API key got a new secret.',
  data: Nothing,
  sample: {},
})
export const ApiKeyRevoked = defineEvent({
  name: 'api-key.revoked',
  version: 1,
  summary: 'An API key was ended.',
  data: Nothing,
  sample: {},
})
