import type { Context } from '../../kernel/context.ts'
import { type Customer, rangesOf } from '../../parties/index.ts'
import { mergedPage } from '../../store/list.ts'
import { readPointed } from './list-receipts.ts'
import { receiptsIn } from './receipt.table.ts'
import type { Receipt } from './receipt.ts'

/** Money that came back or never came (reversed, dishonoured) is passed over, but not for long. */
const mostRead = 5

/** The last money that came from a customer, by the day it was received. One query of its partition, seldom more. */
export async function latestReceiptOf(ctx: Context, customer: Customer): Promise<Receipt | undefined> {
  const ranges = rangesOf(customer, (home) => ({ ...receiptsIn(home), reverse: true }))
  const found = await readPointed(ctx, await mergedPage(ctx, ranges, mostRead, undefined))
  return found.find(({ ended }) => !ended)
}
