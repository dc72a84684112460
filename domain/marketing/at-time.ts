/**
 * The context at the time that the schedule was run for, where that is later than the clock: what is due by then is due. Leases, turns
 * and the moments at which mails are sent go by the clock, which is `ctx` itself.
 */
export const atTime = <C extends { now(): string }>(ctx: C, time: string | undefined): C =>
  time === undefined
    ? ctx
    : {
        ...ctx,
        now: () => {
          const [, later] = [ctx.now(), new Date(time).toISOString()].sort() as [string, string]
          return later
        },
      }
