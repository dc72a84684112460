/** A name that no object has of itself, as callers may write it; code may turn it into capitals or small letters before it looks. */
export const canary = 'gxcanary'
const spellings = [canary, canary.toUpperCase(), `${canary[0]!.toUpperCase()}${canary.slice(1)}`]

/** The first place in our code on a stack, e.g. `domain/kernel/money.ts:12`; undefined when a library looked by itself. */
function ourPlace(stack: string): string | undefined {
  const [caller = ''] = stack.split('\n').filter((line) => line.trim().startsWith('at ') && !line.includes('test/support/canary.ts'))
  return /\/((?:domain|functions|events)\/[\w./-]+\.ts:\d+)/.exec(caller)?.[1]
}

/**
 * The places in our code that look a caller's text up in a plain object while something runs: with `constructor` for a text they
 * would find what every object inherits. Every object is given the canary for that time, and tells who asked for it.
 */
export async function lookupsOf(run: () => Promise<unknown>): Promise<string[]> {
  const places = new Set<string>()
  const get = () => {
    const place = ourPlace(new Error('asked').stack ?? '')
    if (place) places.add(place)
    return undefined
  }
  // What an object is given under that name is its own, as with any other name.
  const set = function (this: object, value: unknown) {
    Object.defineProperty(this, canary, { value, configurable: true, enumerable: true, writable: true })
  }
  for (const name of spellings) Object.defineProperty(Object.prototype, name, { get, set, configurable: true })
  try {
    await run()
  } finally {
    for (const name of spellings) delete (Object.prototype as Record<string, unknown>)[name]
  }
  return [...places].sort()
}
