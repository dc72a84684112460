/**
 * Stands in for `@smithy/core/event-streams` in the bundles. None of our calls streams events, and the SDK's dynamic import of it
 * makes esbuild wrap the 158 modules behind it one by one instead of leaving out what is unused: 20 KiB and a fifth of the
 * start of a function.
 */
const unused = (): never => {
  throw new Error('Event streams are left out of the bundles: see infra/bundling/no-event-streams.ts.')
}

export const EventStreamSerde = unused
export const eventStreamSerdeProvider = () => undefined
export const resolveEventStreamSerdeConfig = <T>(config: T): T => config
