import * as z from 'zod'
import type { Context } from '../domain/kernel/context.ts'
import { retryStale } from '../domain/store/commit.ts'
import { type DeliveredEvent, detailTypeOf, type EventDefinition, type PublishedEvent } from '../events/define.ts'
import { batchHandler } from './batch.ts'
import { type Abilities, systemActor, tenantContext } from './runtime.ts'

/** What `defineEvent` answers. */
type DefinedEvent<D> = ((subject: never, data: D) => PublishedEvent) & { definition: EventDefinition }

/** An EventBridge event of ours, as it comes through the consumer's queue. */
const envelopeOf = ({ name, version, data }: EventDefinition) =>
  z.object({
    source: z.literal('guanxi'),
    'detail-type': z.literal(detailTypeOf({ name, version })),
    detail: z.object({
      id: z.string(),
      name: z.literal(name),
      version: z.literal(version),
      tenantId: z.string().min(1),
      at: z.string(),
      actor: z.object({ kind: z.string(), id: z.string() }),
      subject: z.object({ type: z.string(), id: z.string() }),
      customerId: z.string().optional(),
      data,
      requestId: z.string(),
    }),
  })

type DataOf<E> = E extends (subject: never, data: infer D) => PublishedEvent ? D : never

/**
 * The handler of one effect that several events have: what stands somewhere is worked out anew from the record that they are of,
 * so it is all the same which of them came. `run` acts as the system of the event's tenant; events come at least once and in any
 * order, so it must bear both. What does not fit the published contract fails and ends in the dead letters.
 */
export function consumerOf<const E extends readonly DefinedEvent<never>[]>(
  events: E,
  run: (ctx: Context, event: DeliveredEvent<DataOf<E[number]>>) => Promise<void>,
  abilities?: Abilities,
) {
  const Envelope = z.union(events.map(({ definition }) => envelopeOf(definition)))
  return batchHandler(async (body) => {
    const { detail } = Envelope.parse(body)
    const ctx = await tenantContext(detail.tenantId, systemActor, detail.requestId, abilities)
    await retryStale(() => run(ctx, detail as DeliveredEvent<DataOf<E[number]>>))
  })
}

/** The handler of one effect of one event. */
export const consumer = <E extends DefinedEvent<never>>(
  event: E,
  run: (ctx: Context, event: DeliveredEvent<DataOf<E>>) => Promise<void>,
  abilities?: Abilities,
) => consumerOf([event], run, abilities)
