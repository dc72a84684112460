import type { Context } from '../../domain/kernel/context.ts'

/**
 * The context in which something happens once, before a command that fits is sent: another worker or another caller is faster, at the
 * worst moment there is. What fits is told by what the command is called and what it says, keys and all.
 */
export function meanwhile(ctx: Context, fits: (command: string, input: string) => boolean, happens: () => Promise<unknown>): Context {
  let pending: Promise<unknown> | undefined
  const send: Context['db']['send'] = async (command, tenantId) => {
    const { name } = (command as object).constructor
    if (!pending && fits(name, JSON.stringify((command as { input: object }).input))) {
      pending = happens()
      await pending
    }
    return ctx.db.send(command, tenantId)
  }
  return { ...ctx, db: { ...ctx.db, send } }
}
