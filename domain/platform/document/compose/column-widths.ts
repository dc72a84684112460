/** How wide columns are: estimated from what is in them, so that no drawing has to measure twice. */

const isWide = (code: number) => code >= 0x2e80
/** Rough width of a text in units of its size: Chinese takes one, a digit or small letter a good half. */
export function emsOf(text: string): number {
  let width = 0
  for (const char of text) {
    const code = char.codePointAt(0)!
    width += isWide(code)
      ? 1
      : char === ' ' || char === '.' || char === ',' || char === 'l' || char === 'i'
        ? 0.28
        : /[MW@%]/.test(char)
          ? 0.95
          : /[A-Z]/.test(char)
            ? 0.68
            : 0.58
  }
  return width
}

export interface Measured {
  /** The longest text, in ems. */
  natural: number
  /** The longest word, in ems: below it the column would break words. */
  least: number
  wraps: boolean
  /** A number of something else: broken where a text would otherwise go into very short lines. */
  breaks?: boolean
  /** Points that a template asks for. */
  asked?: number
}

/** The longest piece of a text that cannot be broken: between Chinese characters it can, and behind a dash unless a digit follows. */
export const longestWord = (text: string): number => {
  let [most, word] = [0, '']
  for (const char of text) {
    if (isWide(char.codePointAt(0)!) || char === ' ') word = ''
    else {
      word = word.endsWith('-') && !/\d/.test(char) ? char : word + char
      most = Math.max(most, emsOf(word))
    }
  }
  return Math.max(most, 2)
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** Takes from columns what they are together too wide, from each in proportion to what it has above its floor. */
function narrowed(widths: readonly number[], floors: readonly number[], total: number): number[] {
  const spare = widths.map((width, i) => Math.max(0, width - floors[i]!))
  const [excess, slack] = [sumOf(widths) - total, sumOf(spare)]
  return excess > 0 && slack > 0 ? widths.map((width, i) => width - (Math.min(excess, slack) * spare[i]!) / slack) : [...widths]
}

/** Shares `rest` by weight, none below its least as long as there is room for that. */
function shared(rest: number, columns: readonly { weight: number; least: number }[]): number[] {
  const weights = sumOf(columns.map(({ weight }) => weight))
  const widths = columns.map(({ weight, least }) => Math.max(least, (rest * weight) / (weights || 1)))
  return narrowed(
    widths,
    columns.map(({ least }) => least),
    rest,
  )
}

const isText = ({ wraps }: Measured) => wraps
const isNumber = ({ breaks, wraps }: Measured) => Boolean(breaks) && !wraps
/** Lines of so many ems are good to read in a text, and these can be read still. */
const [goodText, narrowText, leastText] = [7.5, 6, 4.5]

/** Who gives way in turn when columns are too wide, and down to how many ems. */
const steps: readonly { gives: (column: Measured) => boolean; to: (column: Measured) => number }[] = [
  { gives: isText, to: () => goodText },
  { gives: isNumber, to: ({ least }) => Math.max(least, narrowText) },
  { gives: isText, to: () => narrowText },
  { gives: (column) => isText(column) || isNumber(column), to: () => leastText },
]

function narrow(
  widths: readonly number[],
  columns: readonly Measured[],
  { gives, to }: (typeof steps)[number],
  total: number,
  points: (ems: number) => number,
): number[] {
  const floors = columns.map((column, i) =>
    column.asked === undefined && gives(column) ? Math.min(widths[i]!, points(to(column))) : widths[i]!,
  )
  return narrowed(widths, floors, total)
}

/** A column as narrow as that (a number, a unit) gives nothing. */
const narrowColumn = 4.5

/**
 * Widths in points that fill `total`. Columns that do not wrap get what is in them; what is left goes to those that do, in proportion
 * to what is in them, none less than its longest word. When even that is too much, numbers of other documents are broken, then texts
 * into shorter lines, and figures only when nothing else is left.
 */
export function columnWidths(columns: readonly Measured[], total: number, fontSize: number, padding: number): number[] {
  const points = (ems: number) => ems * fontSize + padding
  const widths = columns.map(({ natural, wraps, asked }) => asked ?? (wraps ? 0 : points(natural)))
  const wrapping = columns.flatMap((column, i) => (widths[i] === 0 ? [{ ...column, i }] : []))
  // Long texts count less than in full: three times as much text does not need three times the width.
  const weight = ({ natural }: Measured) => Math.sqrt(Math.min(natural, 60)) * Math.min(natural, 12)
  const wanted = wrapping.map((column) => ({
    weight: weight(column),
    least: points(Math.min(Math.max(column.least, Math.min(column.natural, goodText)), 10)),
  }))
  for (const [i, width] of shared(total - sumOf(widths), wanted).entries()) widths[wrapping[i]!.i] = width
  const broken = steps.reduce((given, step) => narrow(given, columns, step, total, points), widths)
  const fitted = narrowed(
    broken,
    broken.map((width) => Math.min(width, points(narrowColumn))),
    total,
  )
  const sum = sumOf(fitted)
  return fitted.map((width) => (width * total) / sum)
}
