import type { MoneyReceived } from '../../finance/index.ts'
import { userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { digitsOf, money } from '../../kernel/money.ts'
import type { Cell } from '../../kernel/transfer-kind.ts'
import { writeXlsx } from '../../platform/index.ts'
import { customersOf } from '../report/labels.ts'
import type { ReceiptDetail } from './receipt-report.ts'

/** Receipts with the names of their customers and reps. */
export async function detailsOf(ctx: Context, received: readonly MoneyReceived[]): Promise<ReceiptDetail[]> {
  const partitions = [...new Set(received.flatMap(({ partition }) => partition ?? []))]
  const [customers, names] = await Promise.all([customersOf(ctx, partitions), userNames(ctx)])
  return received.map(({ receiptId, number, on, kind, method, partition, ownerId, currency, amount, base }) => {
    const customer = partition ? customers.get(partition) : undefined
    return {
      receiptId,
      number,
      on,
      kind,
      method,
      customerId: customer?.id ?? null,
      customer: customer?.name ?? null,
      repId: ownerId ?? null,
      rep: ownerId ? (names.get(ownerId) ?? null) : null,
      amount: money(amount, currency),
      baseAmount: money(base, ctx.tenant.currency),
    }
  })
}

const headings = {
  'zh-CN': ['日期', '单号', '类型', '收款方式', '客户', '业务员', '金额', '币种', '本位币金额'],
  en: ['Day', 'Number', 'Kind', 'Method', 'Customer', 'Rep', 'Amount', 'Currency', 'Amount in books'],
}

/** Every receipt by itself, as a sheet. */
export async function detailSheet(ctx: Context, details: readonly ReceiptDetail[], title: string): Promise<Uint8Array> {
  const digits = digitsOf(ctx.tenant.currency)
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const { on, number, kind, method, customer, rep, amount, baseAmount } of details)
      yield [
        on,
        number,
        kind,
        method,
        customer,
        rep,
        Number(amount.amount),
        amount.currency,
        Number(Number(baseAmount.amount).toFixed(digits)),
      ]
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeXlsx(title, headings[ctx.tenant.locale], rows())) pieces.push(piece)
  return Buffer.concat(pieces)
}
