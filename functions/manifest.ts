/**
 * Everything that runs, as plain data. The CDK app deploys it and `local/` runs it, so neither can forget a function.
 * What belongs to a context of the domain stands in `manifest/<context>.ts`.
 */

import { analytics } from './manifest/analytics.ts'
import { finance } from './manifest/finance.ts'
import { identity } from './manifest/identity.ts'
import type { Consumer, ContextFunctions, HttpContext, Queue, Schedule } from './manifest/kinds.ts'
import { marketing } from './manifest/marketing.ts'
import { parties } from './manifest/parties.ts'
import { platform } from './manifest/platform.ts'
import { reminders } from './manifest/reminders.ts'
import { sales } from './manifest/sales.ts'

export type { Consumer, HttpContext, Needs, Queue, Schedule } from './manifest/kinds.ts'

export const authorizer = { name: 'authorizer', entry: 'functions/authorizer.ts', table: 'read', system: 'read' } as const

/** Cognito's pre-token-generation trigger (V2): puts tenant, user and epoch into the access token. */
export const preToken = { name: 'pre-token', entry: 'functions/pre-token.ts', table: 'read' } as const

/** Answers what no route matches, so that a 404 too is ours. */
export const fallbackContext = 'platform'

export const streamPublisher = { name: 'publish-outbox', entry: 'functions/stream/publish-outbox.ts', table: 'none' } as const

const contexts: ContextFunctions[] = [identity, parties, platform, sales, finance, marketing, reminders, analytics]

export const httpContexts: HttpContext[] = contexts.flatMap((context) => context.http ?? [])
/** Consumers by the stack that they stand in: one of all of them is too large. */
export const consumersByStack: Record<'events' | 'marketing-events', Consumer[]> = {
  events: contexts.flatMap((context) => (context === marketing ? [] : (context.consumers ?? []))),
  'marketing-events': marketing.consumers ?? [],
}
export const consumers: Consumer[] = Object.values(consumersByStack).flat()
export const queues: Queue[] = contexts.flatMap((context) => context.queues ?? [])
export const schedules: Schedule[] = contexts.flatMap((context) => context.schedules ?? [])
