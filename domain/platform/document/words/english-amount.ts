const small = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen'],
  ...['fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
]
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const scales: [number, string][] = [
  [1e15, 'quadrillion'],
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
]

/** A whole number in English words, without `and`, which on a bill stands before the cents alone. */
export function wholeInEnglish(value: number): string {
  if (value < 20) return small[value]!
  if (value < 100) return `${tens[Math.floor(value / 10)]}${value % 10 > 0 ? `-${small[value % 10]}` : ''}`
  const [size, name] = scales.find(([size]) => value >= size)!
  const rest = value % size
  return `${wholeInEnglish(Math.floor(value / size))} ${name}${rest > 0 ? ` ${wholeInEnglish(rest)}` : ''}`
}

/** As on a cheque: `thirty-three thousand eight hundred and 05/100 only`; the fraction has the decimals of the currency. */
export function amountInEnglish(units: number, decimals: number): string {
  const amount = Math.abs(units)
  const scale = 10 ** decimals
  const rest = amount % scale
  const fraction = rest > 0 ? ` and ${String(rest).padStart(decimals, '0')}/${scale}` : ''
  return `${units < 0 ? 'minus ' : ''}${wholeInEnglish(Math.floor(amount / scale))}${fraction} only`
}
