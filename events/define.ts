import type * as z from 'zod'

/** What an event is about. */
interface Subject {
  type: string
  id: string
}

/** An event as a use case hands it to `commit`. */
export interface PublishedEvent {
  name: string
  version: number
  subject: Subject
  /** The customer whose timeline shows it. */
  customerId?: string
  data: Record<string, unknown>
}

/** An event as a consumer gets it. */
export interface DeliveredEvent<D = Record<string, unknown>> {
  id: string
  name: string
  version: number
  tenantId: string
  at: string
  actor: { kind: string; id: string }
  subject: Subject
  customerId?: string | undefined
  data: D
  requestId: string
}

export interface EventDefinition<S extends z.ZodType = z.ZodType> {
  /** `<noun>.<what happened>`, e.g. `customer.created`. */
  name: string
  version: number
  /** One sentence: when it is published. */
  summary: string
  /** Closed schema of `data`: ids and names of fields only, never personal values. */
  data: S
  /** A golden sample; a contract test parses it. */
  sample: z.output<S>
}

/** Defines a published contract. Calling the answer makes an event for `commit`. */
export function defineEvent<S extends z.ZodType>(definition: EventDefinition<S>) {
  const { name, version } = definition
  const make = (subject: Subject & { customerId?: string | undefined }, data: z.output<S>): PublishedEvent => ({
    name,
    version,
    subject: { type: subject.type, id: subject.id },
    ...(subject.customerId ? { customerId: subject.customerId } : {}),
    data: data as Record<string, unknown>,
  })
  return Object.assign(make, { definition })
}

/** The EventBridge detail type of an event, e.g. `customer.created.v1`. */
export const detailTypeOf = (event: { name: string; version: number }): string => `${event.name}.v${event.version}`
