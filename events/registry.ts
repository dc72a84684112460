import type { EventDefinition } from './define.ts'
import * as finance from './finance.ts'
import * as identity from './identity.ts'
import * as leads from './leads.ts'
import * as marketing from './marketing.ts'
import * as orders from './orders.ts'
import * as parties from './parties.ts'
import * as platform from './platform.ts'
import * as sales from './sales.ts'
import * as shipments from './shipments.ts'

/** Every event the product publishes, by context. */
export const eventsByContext: Record<string, EventDefinition[]> = Object.fromEntries(
  Object.entries({ identity, marketing, leads, parties, platform, sales: { ...sales, ...orders, ...shipments }, finance }).map(
    ([context, events]) => [context, Object.values(events).map((event) => event.definition)],
  ),
)

export const allEvents: EventDefinition[] = Object.values(eventsByContext).flat()
