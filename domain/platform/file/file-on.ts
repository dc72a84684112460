import * as z from 'zod'
import { allowed, type Permission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { idOf } from '../../kernel/ids.ts'
import { type Customer, customerPartition, customers, writableCustomer, writableRecord } from '../../parties/index.ts'
import { findParents } from '../../store/read.ts'
import { readItems } from '../../store/read-items.ts'

const on = <const T extends string>(type: T, prefix: string) => z.strictObject({ type: z.literal(type), id: idOf(prefix) })

/** The record that a file hangs on. */
export const FileOn = z
  .discriminatedUnion('type', [
    on('customer', 'cus'),
    on('contact', 'con'),
    on('activity', 'act'),
    on('follow-up', 'fup'),
    on('quote', 'quo'),
    on('order', 'ord'),
    on('shipment', 'shp'),
    on('receivable', 'rcv'),
    on('receipt', 'rct'),
    on('credit-note', 'crn'),
    on('write-off', 'wof'),
  ])
  .meta({ id: 'FileOn', description: 'The record that the file hangs on; it is seen and changed exactly as that one is.' })
export type FileOn = z.output<typeof FileOn>

/** Documents of other contexts: where they stand in the partition that their ids name (docs/data-model.md), and who may read them. */
const documents: Partial<Record<FileOn['type'], { sk: string; permission: Permission }>> = {
  quote: { sk: 'QUO', permission: 'quotes.read' },
  order: { sk: 'ORD', permission: 'orders.read' },
  shipment: { sk: 'SHP', permission: 'shipments.read' },
  receivable: { sk: 'RCV', permission: 'receivables.read' },
  receipt: { sk: 'RCT', permission: 'receipts.read' },
  'credit-note': { sk: 'FCN', permission: 'credit-notes.read' },
  'write-off': { sk: 'WOF', permission: 'write-offs.read' },
}

/** Whether the caller may read the kind of record that a file hangs on; whose customer it is decides besides. */
export function mayReadOn(ctx: Context, { type }: Pick<FileOn, 'type'>): boolean {
  const document = documents[type]
  return !document || allowed(ctx.actor, document.permission)
}

/**
 * The customer of a record that a file is to hang on. 404 at `pointer` for one out of sight, and for a receipt of which nobody knows
 * who paid; 403 for a customer that is only to be read.
 */
export async function writableOn(ctx: Context, named: FileOn, pointer: string): Promise<Customer> {
  const document = documents[named.type]
  if (!document) return writableRecord(ctx, named, pointer)
  const key = { pk: customerPartition(named.id), sk: [document.sk, named.id] }
  const [item] = mayReadOn(ctx, named) ? await readItems(ctx, [key], { consistent: true }) : []
  // A receipt whose payer was found later stands where it was written, and says whose it is.
  const within = (item?.identifiedIn ?? named.id) as string
  const owner = item && (await findParents(ctx, customers, [within])).get(within)
  if (!owner) throw notFound(named.type, pointer)
  try {
    return await writableCustomer(ctx, owner.id)
  } catch (error) {
    throw error instanceof Problem && error.kind === 'not-found' ? notFound(named.type, pointer) : error
  }
}
