import type { Recipient } from '../delivery/recipients.ts'

/** Countries that keep one time, by their zone; in all others a country says too little. */
const zones: Record<string, string> = {
  ...{ CN: 'Asia/Shanghai', HK: 'Asia/Hong_Kong', MO: 'Asia/Macau', TW: 'Asia/Taipei', JP: 'Asia/Tokyo', KR: 'Asia/Seoul' },
  ...{ SG: 'Asia/Singapore', MY: 'Asia/Kuala_Lumpur', TH: 'Asia/Bangkok', VN: 'Asia/Ho_Chi_Minh', PH: 'Asia/Manila', IN: 'Asia/Kolkata' },
  ...{ PK: 'Asia/Karachi', BD: 'Asia/Dhaka', AE: 'Asia/Dubai', SA: 'Asia/Riyadh', IL: 'Asia/Jerusalem', TR: 'Europe/Istanbul' },
  ...{ DE: 'Europe/Berlin', AT: 'Europe/Vienna', CH: 'Europe/Zurich', FR: 'Europe/Paris', NL: 'Europe/Amsterdam', BE: 'Europe/Brussels' },
  ...{ GB: 'Europe/London', IE: 'Europe/Dublin', IT: 'Europe/Rome', PL: 'Europe/Warsaw', CZ: 'Europe/Prague', DK: 'Europe/Copenhagen' },
  ...{
    SE: 'Europe/Stockholm',
    NO: 'Europe/Oslo',
    FI: 'Europe/Helsinki',
    HU: 'Europe/Budapest',
    RO: 'Europe/Bucharest',
    GR: 'Europe/Athens',
  },
  ...{ ZA: 'Africa/Johannesburg', EG: 'Africa/Cairo', NG: 'Africa/Lagos', KE: 'Africa/Nairobi', AR: 'America/Argentina/Buenos_Aires' },
  ...{ CO: 'America/Bogota', PE: 'America/Lima', NZ: 'Pacific/Auckland' },
}

/** The zone a recipient lives in: the contact's own, else that of the first country of the customer that keeps one time, else ours. */
export function zoneOf({ contact, customer }: Recipient, own: string): string {
  if (contact.timeZone) return contact.timeZone
  const countries = (customer.addresses ?? []).flatMap(({ country }) => country ?? [])
  const country = countries.find((one) => Object.hasOwn(zones, one))
  return country ? zones[country]! : own
}
