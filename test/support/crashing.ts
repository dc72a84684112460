import type { Context, FileStore } from '../../domain/kernel/context.ts'

/** The process died; nothing may catch this and go on. */
export class Crash extends Error {}

/**
 * A context whose process dies at its n-th call of AWS: before the call is sent, or after it was carried out and before its
 * answer came. `crashed()` tells whether it came so far.
 */
export function crashingAt(ctx: Context, n: number, when: 'before' | 'after'): { ctx: Context; crashed(): boolean } {
  let calls = 0
  let dead = false
  const count = (moment: 'before' | 'after') => {
    if (moment === 'before') calls += 1
    if (dead || (calls >= n && moment === when)) {
      dead = true
      throw new Crash()
    }
  }
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    count('before')
    const answer = await call()
    count('after')
    return answer
  }
  const files = new Proxy(ctx.files, {
    get: (store, name: keyof FileStore) => {
      const method = store[name] as (...given: unknown[]) => unknown
      if (name !== 'read' && name !== 'list') return (...given: unknown[]) => guarded(async () => method.apply(store, given))
      return async function* streamed(...given: unknown[]) {
        count('before')
        yield* method.apply(store, given) as AsyncIterable<Uint8Array>
      }
    },
  })
  return { ctx: { ...ctx, db: { ...ctx.db, send: (command) => guarded(() => ctx.db.send(command)) }, files }, crashed: () => dead }
}
