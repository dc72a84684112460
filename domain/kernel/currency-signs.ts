/** The currencies that a sign may mean. */
const meanings = new Map(
  Object.entries({
    $: 'USD AUD BBD BMD BND BSD BZD CAD CLP COP ARS DOP FJD GYD HKD JMD KYD LRD MOP MXN NAD NZD SBD SGD SRD TTD TWD UYU XCD',
    '¥': 'CNY JPY',
    元: 'CNY HKD MOP SGD TWD',
    '€': 'EUR',
    '£': 'GBP EGP FKP GIP LBP SHP SSP SYP',
  }).map(([sign, codes]) => [sign, codes.split(' ')]),
)

/** The sign of a currency in an amount, if there is one. */
export const currencySignIn = (text: string): string | undefined => [...text.normalize('NFKC')].find((character) => meanings.has(character))

/**
 * The currency of an amount with that sign, where one of `usual` is meant if nothing else is said. Undefined where the sign is another
 * one's and may mean several: $ 500 in the books of a firm in China are no 500 yuan.
 */
export function currencyBySign(sign: string | undefined, usual: string): string | undefined {
  const meant = sign === undefined ? undefined : meanings.get(sign)
  if (meant === undefined || meant.includes(usual)) return usual
  return sign === '€' || sign === '£' ? meant[0] : undefined
}
