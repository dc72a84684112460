/** So often is tried what meets the transactions of others. */
export const mostTries = 6

/** Full jitter, doubling from 10 ms. */
export const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(10 * 2 ** attempt, 400)))
