import type { Context } from '../../domain/kernel/context.ts'

class Killed extends Error {}

/** A context whose process dies when its first write is done, before it hears of it. */
function killedAtFirstWrite(ctx: Context): Context {
  const send = async (command: unknown) => {
    const answer = await ctx.db.send(command)
    if (/Write|Put|Update|Delete/.test((command as object).constructor.name)) throw new Killed()
    return answer
  }
  return { ...ctx, db: { ...ctx.db, send } }
}

/** Runs the work again and again, each time killed after its first write, until one run has nothing left to write. Answers the deaths. */
export async function killedUntilDone(
  ctx: Context,
  work: (ctx: Context) => Promise<unknown>,
  betweenRuns: () => Promise<unknown>,
): Promise<number> {
  for (let deaths = 0; ; deaths++) {
    try {
      await work(killedAtFirstWrite(ctx))
      return deaths
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      await betweenRuns()
    }
  }
}
