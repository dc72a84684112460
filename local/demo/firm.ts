/** A firm to try the product with: its people, and its customers with what was done and what is next. */
export interface Firm {
  name: string
  timeZone: string
  currency: string
  locale: 'zh-CN' | 'en'
  people: Person[]
  customers: FirmCustomer[]
}

export interface Person {
  email: string
  name: string
  department: string
  roles: string[]
  /** E-mail of the manager. */
  manager?: string
}

export interface FirmCustomer {
  /** E-mail of the owner. */
  owner: string
  /** Fields of POST /v1/customers. */
  fields: Record<string, unknown> & { name: string; externalId: string }
  /** Fields of POST /v1/contacts. */
  contacts: ({ name: string } & Record<string, unknown>)[]
  visits: Visit[]
}

interface Visit {
  kind: 'visit' | 'call'
  /** Days before the day of the digest. */
  daysAgo: number
  summary: string
  /** Day of the next contact, in days from the day of the digest; negative is overdue. */
  nextIn: number
}

/**
 * A next contact for the n-th customer of a firm: most some days ahead, some due on the day, some tomorrow, some late, and
 * a few so late that the manager hears of them.
 */
export const nextContactOf = (n: number): number => [0, 1, -2, 5, 12, -9, 0, 20, 1, 3, -1, 8][n % 12]!
