import fc from 'fast-check'
import { seed } from './share.ts'

/** Given by who wants to see a run again: there is time then to make it smaller. */
const isSeenAgain = process.env.SEED !== undefined

/**
 * Holds a property so many times, each time with what a seed of its own gives, counted on from the seed of the run. One that fails says
 * its seed: with that as SEED it is the first, comes again alone, and is made smaller.
 */
export async function fromOwnSeeds<T>(tries: number, property: fc.IAsyncPropertyWithHooks<T>): Promise<void> {
  for (let own = seed; own < seed + tries; own++) await fc.assert(property, { seed: own, numRuns: 1, endOnFailure: !isSeenAgain })
}
