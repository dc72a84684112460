import { addDays } from '../../kernel/dates.ts'
import { customerPartition } from '../../parties/index.ts'
import { numberGuard } from '../../platform/index.ts'
import { defineEntity } from '../../store/entity.ts'
import type { DueEntry, Guard } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Range } from '../../store/query.ts'
import { ttlAttribute } from '../../store/table.ts'
import { detailFields, type Quote, type StoredStatus } from './quote.ts'

export const quotesIn = (status: StoredStatus) => ['QUO-ALL', status]
export const quotesOfOwner = (ownerId: string, status: StoredStatus) => ['QUO-OWNER', ownerId, status]
/** Pointers to the sent quotes by their last day: what is still valid, and what has expired. */
export const sentQuotes = ['QUO-SENT']
export const sentQuotesOf = (ownerId: string) => ['QUO-SENT-OF', ownerId]

/** A revision behind the first one is found from its number too. */
const revisionValue = (number: string, revision: number): string => (revision === 1 ? number : `${number} / ${revision}`)

const answerDays = 7
const warnDays = 3
const keptDays = 30

/** What the due entries of a quote hold. */
interface QuoteDue {
  customerId: string
  number: string
  validUntil: string
  why: 'unanswered' | 'expiring'
}

/** A sent quote is due when nobody has answered it for a week, and three days before it ends. TTL takes away what nobody settled. */
function dueOf({ id, status, ownerId, customerId, number, validUntil, sentOn }: Quote): DueEntry[] {
  if (status !== 'sent' || !ownerId || !sentOn) return []
  const entry = (on: string, why: QuoteDue['why']): DueEntry => {
    const data: QuoteDue = { customerId, number, validUntil, why }
    const expiresAt = Date.parse(addDays(validUntil, keptDays)) / 1000
    return { owner: ownerId, on, kind: 'quote', id, data: { ...data, [ttlAttribute]: expiresAt } }
  }
  const [asked, ending] = [addDays(sentOn, answerDays), addDays(validUntil, -warnDays)]
  const last = ending < sentOn ? sentOn : ending
  return asked < last ? [entry(asked, 'unanswered'), entry(last, 'expiring')] : [entry(last, 'expiring')]
}

/**
 * In its customer's partition, its lines beside it; lists by quotedOn for all (gsi1) and by the owner of the customer (gsi2), of
 * each status by itself; the sent ones by their last day besides.
 */
export const quotes = defineEntity<Quote>({
  type: 'quote',
  prefix: 'quo',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['QUO', id] }),
  detail: { name: 'QUL', fields: [...detailFields, 'formerDeliveries'] },
  gsi1: ({ status, quotedOn, id }) => ({ pk: quotesIn(status), sk: [quotedOn, id] }),
  gsi2: ({ ownerId, status, quotedOn, id }) => (ownerId ? { pk: quotesOfOwner(ownerId, status), sk: [quotedOn, id] } : undefined),
  guards: ({ number, revision, externalId }) => [
    numberGuard('quote', revisionValue(number, revision)),
    ...(revision === 1 ? externalIdGuard('quote', externalId) : ([] as Guard[])),
  ],
  pointers: ({ status, validUntil, id, ownerId }) =>
    status === 'sent'
      ? [
          {
            key: { pk: sentQuotes, sk: [validUntil, id] },
            ...(ownerId ? { gsi2: { pk: sentQuotesOf(ownerId), sk: [validUntil, id] } } : {}),
          },
        ]
      : [],
  due: dueOf,
})

/** Access pattern: quotes of a customer by creation; one Query. */
export const quotesOf = (customerId: string): Range => ({ partition: customerPartition(customerId), prefix: ['QUO'] })
