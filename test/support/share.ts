/** How many tries an experiment makes: a small share in `npm test`, more in `npm run faults`, most in `npm run faults -- --nightly`. */
export const tries = ({ test, faults, nightly }: { test: number; faults: number; nightly: number }): number =>
  ({ faults, nightly })[process.env.FAULTS ?? ''] ?? test

/** Where the random choices of an experiment begin: printed in the test's name, and given back as SEED=… to see the same run again. */
export const seed: number = Number(process.env.SEED ?? Date.now() % 1_000_000)

/**
 * Which of many points an experiment dies at: all of them in `npm run faults`, in `npm test` every third, from one that the seed
 * chooses: for (let n = firstPoint; …; n += step).
 */
export const step: number = tries({ test: 3, faults: 1, nightly: 1 })
export const firstPoint: number = 1 + (seed % step)

/** A row of numbers from 0 to 1 that is the same whenever it begins alike. */
export function randomOf(begin: number): () => number {
  let state = begin
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
