import type { Context } from '../../kernel/context.ts'
import { allCustomers, customerPartition, customers, partitionsOf } from '../../parties/index.ts'
import { type Entity, recordOf } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import type { Item } from '../../store/item.ts'
import { queryAll } from '../../store/query.ts'
import { type Numbers, numbersOf } from '../../store/tally.ts'
import { creditNotes } from '../credit-note/credit-note.table.ts'
import type { CreditNote } from '../credit-note/credit-note.ts'
import type { OpenItem } from '../ledger/open-item.ts'
import { postings } from '../ledger/posting.table.ts'
import type { Posting } from '../ledger/posting.ts'
import { openOfAll } from '../ledger/read-open.ts'
import { allReceipts, receipts } from '../receipt/receipt.table.ts'
import type { Receipt } from '../receipt/receipt.ts'
import { receivables } from '../receivable/receivable.table.ts'
import type { Receivable } from '../receivable/receivable.ts'
import { writeOffs } from '../write-off/write-off.table.ts'
import type { WriteOff } from '../write-off/write-off.ts'

/** Everything of a tenant's books. */
export interface Books {
  receivables: Receivable[]
  receipts: Receipt[]
  sources: (CreditNote | WriteOff)[]
  postings: Posting[]
  open: OpenItem[]
  /** By any id of the partition. */
  credit: Map<string, Numbers>
  commitments: { home: string; of: string; numbers: Numbers }[]
}

const atOnce = 8

function take<T extends Stored>(entity: Entity<T>, items: Item[], into: T[]): void {
  for (const item of items) if (item.entity === entity.type) into.push(recordOf(entity, item))
}

/** The books of a partition: what is in it apart from what is said and done with the customer. */
async function readPartition(ctx: Context, home: string, books: Books): Promise<void> {
  const partition = customerPartition(home)
  const ranges = [
    { partition, from: 'CRD', to: 'CRD' },
    ...['FCM', 'FCN', 'PST', 'RCV', 'WOF'].map((name) => ({ partition, prefix: [name] })),
  ]
  const items = (await Promise.all(ranges.map((range) => queryAll(ctx, range, { consistent: true })))).flat()
  take(receivables, items, books.receivables)
  take(creditNotes, items, books.sources as CreditNote[])
  take(writeOffs, items, books.sources as WriteOff[])
  take(postings, items, books.postings)
  for (const item of items) {
    if (item.sk === 'CRD') books.credit.set(home, numbersOf(item))
    if (item.entity === 'commitment') books.commitments.push({ home, of: String(item.sk).slice('FCM#'.length), numbers: numbersOf(item) })
  }
}

/** Reads all books of a tenant, partition by partition. For checks and tests: it costs what there is. */
export async function readBooks(ctx: Context): Promise<Books> {
  const found = await queryAll(ctx, { index: 'gsi1', partition: allCustomers })
  const homes = found.map((item) => recordOf(customers, item)).flatMap(partitionsOf)
  const books: Books = {
    receivables: [],
    receipts: [],
    sources: [],
    postings: [],
    open: await openOfAll(ctx),
    credit: new Map(),
    commitments: [],
  }
  for (let i = 0; i < homes.length; i += atOnce)
    await Promise.all(homes.slice(i, i + atOnce).map((home) => readPartition(ctx, home, books)))
  take(receipts, await queryAll(ctx, { index: 'gsi1', partition: allReceipts }), books.receipts)
  return books
}
