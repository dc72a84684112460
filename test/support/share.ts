/** How many tries an experiment makes: a small share in `npm test`, more in `npm run faults`, most in `npm run faults -- --nightly`. */
export const tries = ({ test, faults, nightly }: { test: number; faults: number; nightly: number }): number =>
  ({ faults, nightly })[process.env.FAULTS ?? ''] ?? test

declare module 'vitest' {
  interface TaskMeta {
    /** What an experiment counted, where its name cannot say it beforehand. */
    tries?: number
  }
}

/** The name of an experiment: `npm run faults` makes its table of results from names like this one. */
export const experiment = (id: `R${number}`, what: string, count?: number): string =>
  `${id}: ${what} (${count === undefined ? '' : `${count} tries, `}seed ${seed})`

/** What the name of an experiment says; undefined for any other test. */
export function experimentOf(name: string): { id: string; what: string; count: number | undefined; seed: number } | undefined {
  const [, id, what, count, begun] = /^(R\d+): (.*) \((?:(\d+) tries, )?seed (\d+)\)$/s.exec(name) ?? []
  return id && what ? { id, what, count: count === undefined ? undefined : Number(count), seed: Number(begun) } : undefined
}

/** Where the random choices of an experiment begin: printed in the test's name, and given back as SEED=… to see the same run again. */
export const seed: number = Number(process.env.SEED ?? Date.now() % 1_000_000)

/**
 * Which of many points an experiment dies at: all of them in `npm run faults`, in `npm test` every third, from one that the seed
 * chooses: for (let n = firstPoint; …; n += step).
 */
export const step: number = tries({ test: 3, faults: 1, nightly: 1 })
export const firstPoint: number = 1 + (seed % step)

/** A row of numbers from 0 to 1 that is the same whenever it begins alike, and another one for the next beginning (mulberry32). */
export function randomOf(begin: number): () => number {
  let state = begin
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** True in the larger runs. */
export const isLarge: boolean = tries({ test: 0, faults: 1, nightly: 1 }) > 0

/** Some of a list in `npm test`, others each time; all of it in the larger runs. */
export function some<T>(list: readonly T[], inTest: number): T[] {
  const most = tries({ test: inTest, faults: list.length, nightly: list.length })
  if (list.length <= most) return [...list]
  const begin = seed % list.length
  const gap = list.length / most
  return Array.from({ length: most }, (_, n) => list[Math.floor(begin + n * gap) % list.length]!)
}
