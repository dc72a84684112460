import { partitionOf } from '../../kernel/ids.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import type { Item } from '../../store/item.ts'
import type { Range } from '../../store/query.ts'
import { tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'

/**
 * What is open: one small item for each receivable that is not settled and each receipt or credit note that is not used up.
 * They stand by customer, a customer's credits first and then its receivables by due date: ageing reads all of them and
 * nothing else, allocating oldest first reads those of one customer.
 */
export interface OpenItem {
  /** A receivable (rcv_), receipt (rct_) or credit note (crn_). */
  id: string
  /** Any id of the customer's partition, by which the customer is found. */
  home: string
  /** Minor units of `currency` that are open, and the same in the currency of the books; both above zero, of a credit too. */
  balance: number
  base: number
  currency: string
  issuedOn: string
  /** Of a receivable. */
  dueOn?: string
  ownerId?: string
}

const openShards = 8

/** All of a customer's partition in one shard. */
function shardOf(home: string): string {
  const partition = partitionOf(home)
  let sum = 0
  for (let i = 0; i < partition.length; i++) sum = (sum * 31 + partition.charCodeAt(i)) % openShards
  return String(sum)
}

/** Where what is open of a record stands, by the partition that it was posted in. */
export const openKey = (home: string, id: string): ItemKey => ({ pk: ['OPEN', shardOf(home)], sk: [partitionOf(home), id] })

/** Access pattern: all that is open in the tenant, 128 bytes each; one Query per shard, in parallel. */
export const allOpen: Range[] = Array.from({ length: openShards }, (_, shard) => ({ partition: ['OPEN', String(shard)] }))

/** Access pattern: what is open in a customer's partition, credits first, then receivables by due date; one Query. */
export const openIn = (home: string): Range => ({ partition: ['OPEN', shardOf(home)], prefix: [partitionOf(home)] })

const receivablePrefix = 'rcv'

const openOf = (home: string, first: string, last = first): Range => {
  const at = (prefix: string) => `${partitionOf(home)}#${prefix}_`
  return { partition: ['OPEN', shardOf(home)], from: at(first), to: `${at(last)}\uffff` }
}

/** The same without the credits. */
export const openReceivablesIn = (home: string): Range => openOf(home, receivablePrefix)

/** Access pattern: credit notes, then receipts of a customer's partition that settle nothing yet, by their day; one Query. */
export const openCreditsIn = (home: string): Range => openOf(home, 'crn', 'rct')

/** An open item as the table has it: names of one letter, and what a base currency makes plain left out. */
export function openItemOf(item: Item, base: string): OpenItem {
  const [partition, id] = String(item.sk).split('#') as [string, string]
  const balance = item.b as number
  return {
    id,
    home: partitionOf(id) === partition ? id : `${id.slice(0, id.indexOf('_') + 11)}${partition}${id.slice(-6)}`,
    balance,
    base: (item.B as number | undefined) ?? balance,
    currency: (item.c as string | undefined) ?? base,
    issuedOn: item.i as string,
    ...(item.d ? { dueOn: item.d as string } : {}),
    ...(item.o ? { ownerId: item.o as string } : {}),
  }
}

/** Else it is a credit. */
export const isReceivable = ({ id }: { id: string }): boolean => id.startsWith(`${receivablePrefix}_`)

/** Opens an item, or opens it again with its balance. */
export const putOpen = (base: string, open: OpenItem): Write<void> => ({
  result: undefined,
  actions: (ctx) => {
    const foreign = open.currency === base ? {} : { B: open.base, c: open.currency }
    const due = open.dueOn ? { d: open.dueOn } : {}
    const owner = open.ownerId ? { o: open.ownerId } : {}
    return [
      { ...itemKey(ctx, openKey(open.home, open.id)), put: { Item: { b: open.balance, i: open.issuedOn, ...due, ...owner, ...foreign } } },
    ]
  },
})

/** Adds to what is open of an item that stays open. */
export const addToOpen = (
  base: string,
  open: Pick<OpenItem, 'home' | 'id' | 'currency'>,
  by: { amount: number; base: number },
): Write<void> => tallyWrite({ key: openKey(open.home, open.id), add: { b: by.amount, ...(open.currency === base ? {} : { B: by.base }) } })

/** Takes away an item of which nothing is open any more. */
export const dropOpen = ({ home, id }: Pick<OpenItem, 'home' | 'id'>): Write<void> => ({
  result: undefined,
  actions: (ctx) => [{ ...itemKey(ctx, openKey(home, id)), delete: true }],
})
