import { addDays } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { type StateTable, step } from '../../kernel/states.ts'
import { type Quote, type QuoteStatus, type StoredStatus, usualValidity } from './quote.ts'

type Action = 'change' | 'delete' | 'send' | 'accept' | 'reject' | 'revise' | 'order'

/** domain.md "Quote". What is accepted stays: changes of it are agreed in the order, or in a new quote. */
const states: StateTable<StoredStatus, Action> = {
  draft: { change: 'draft', delete: 'draft', send: 'sent' },
  sent: { send: 'sent', accept: 'accepted', reject: 'rejected', revise: 'superseded' },
  accepted: { order: 'accepted' },
  rejected: { revise: 'superseded' },
  superseded: {},
}

type Dated = Pick<Quote, 'status' | 'validUntil'>

const isPast = ({ validUntil }: Pick<Quote, 'validUntil'>, day: string) => validUntil < day

/** The status on a day: a sent quote is valid through its last day. */
export const statusOn = (quote: Dated, day: string): QuoteStatus =>
  quote.status === 'sent' && isPast(quote, day) ? 'expired' : quote.status

const conflict = (code: string, detail: string) => new Problem('conflict', code, detail)

const expired = ({ validUntil }: Pick<Quote, 'validUntil'>) =>
  conflict('quote.expired', `This quote was valid until ${validUntil}. Revise it, or quote anew.`)

const superseded = ({ number, supersededById }: Quote) =>
  conflict('quote.superseded', `A later revision of ${number} has taken the place of this one: ${supersededById}.`)

/**
 * The status after an action, on a day. 409 `quote.superseded`, `quote.expired`, `quote.decided` for what was accepted or
 * declined already, `quote.sent` for a change of what was sent, `quote.state` for the rest.
 */
export function stepOn(quote: Quote, action: Action, day: string): StoredStatus {
  if (quote.status === 'superseded') throw superseded(quote)
  const isDecision = action === 'accept' || action === 'reject'
  if (isDecision && quote.decision)
    throw conflict('quote.decided', `This quote was ${quote.status} on ${quote.decision.on}. It is decided once.`)
  if (isDecision && quote.status === 'sent' && isPast(quote, day)) throw expired(quote)
  if (action === 'send' && isPast(quote, day)) throw expired(quote)
  if ((action === 'change' || action === 'delete') && quote.status !== 'draft')
    throw conflict('quote.sent', `This quote is ${statusOn(quote, day)}: what was sent stays as it is. Revise it instead.`)
  return step('quote', states, quote.status, action)
}

/** 409 unless orders may take from it on a day: `quote.not-accepted`, `quote.superseded`, `quote.expired` for a price quote that has ended. */
export function requireOrderable(quote: Quote, day: string): void {
  if (quote.status === 'superseded') throw superseded(quote)
  if (quote.status !== 'accepted')
    throw conflict('quote.not-accepted', `This quote is ${statusOn(quote, day)}. It is ordered from when the customer has accepted it.`)
  if (quote.reusable && isPast(quote, day)) throw expired(quote)
}

/** The last day when none is said: as usual from the day it is dated, or from today for one that is dated back. */
export const usualEnd = (quotedOn: string, today: string): string => addDays(quotedOn > today ? quotedOn : today, usualValidity)

/** 422 `quote.validity-past`: such a quote could never be accepted; `quote.validity-before-date`. */
export function requireValidity({ quotedOn, validUntil }: Pick<Quote, 'quotedOn' | 'validUntil'>, today: string): void {
  if (validUntil < quotedOn) throw invalid('quote.validity-before-date', '/validUntil', `It would end before its own date, ${quotedOn}.`)
  if (validUntil < today) throw invalid('quote.validity-past', '/validUntil', 'A quote is valid until today at least.')
}
