import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { BusinessDate } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Money, money } from '../../kernel/money.ts'
import { rule, withFixed } from '../../kernel/parse-input.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { CustomerId } from '../../parties/index.ts'
import { ExchangeRate, PostedMoney } from '../amount.ts'
import { allocationInputs, computedOfSource, shownSource, sourceFields, unallocatedOf } from '../settlement/source.ts'

const ReceiptId = idOf('rct').meta({ description: 'Id of a receipt', example: 'rct_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const receiptMethods = ['bank', 'cash', 'cheque', 'wechat', 'alipay', 'card', 'bank-acceptance', 'commercial-acceptance'] as const

/** Methods by which a bill is taken that is paid when it matures (承兑汇票). */
export const isBillMethod = (method: string): boolean => method.endsWith('-acceptance')

const Bill = z
  .strictObject({ billNo: line(60), acceptor: line(200), dueOn: BusinessDate })
  .meta({ description: 'The acceptance bill: it frees credit when it matures.' })

const deductionKinds = ['bank-fee', 'rounding', 'quality-claim', 'other'] as const
const Deduction = z.strictObject({ kind: z.enum(deductionKinds), amount: PostedMoney, note: line(200).nullish() })

const fields = {
  customerId: CustomerId.meta({ description: 'Who paid; left out while nobody knows (待认领).' }),
  payerName: line(200).meta({ description: 'As it stands on the bank statement.' }),
  number: line(60).meta({ description: 'The next one of the firm when left out.' }),
  receivedOn: BusinessDate,
  amount: PostedMoney.meta({ description: 'What came in.' }),
  exchangeRate: ExchangeRate.meta({ description: 'What one unit is worth in the currency of the firm; 1 when left out for that itself.' }),
  method: z.enum(receiptMethods),
  bill: Bill,
  bankAccount: line(60).meta({ description: 'Our account it came to.' }),
  reference: line(140).meta({ description: 'Number of the transfer or text of the bank.' }),
  orderId: idOf('ord').meta({ description: 'The order that a deposit (定金) was paid for: it is used for that one first.' }),
  deductions: z
    .array(Deduction)
    .refine((all) => all.length <= 10, rule('deduction.too-many', 'takes at most 10'))
    .meta({ description: 'What the bank took or the customer held back (扣款): it settles too.' }),
  notes: paragraph(4000),
}

/** `waiting`: nobody knows who paid. `open`: some of it settles nothing yet. */
const receiptStatuses = ['waiting', 'open', 'allocated', 'reversed', 'dishonoured'] as const

const shapes = shapesOf('Receipt', ReceiptId, fields, ['receivedOn', 'amount', 'method'], {
  ...computedOfSource,
  status: z.enum(receiptStatuses),
  total: Money.meta({ description: 'The amount and the deductions: so much it settles.' }),
  refunded: Money,
  ownerId: UserId.nullable().default(null).meta({ description: 'The owner of the customer.' }),
})

export const CreateReceipt = shapes.create
  .extend({ allocations: allocationInputs.allocations.nullish(), allocate: allocationInputs.allocate.nullish() })
  .meta({ id: 'CreateReceipt' })
export const ChangeReceipt = withFixed(
  shapes.patch
    .pick({ payerName: true, bankAccount: true, reference: true, orderId: true, notes: true, externalId: true })
    .meta({ id: 'ChangeReceipt' }),
  CreateReceipt,
  'receipt.field-fixed',
  'What is posted does not change: reverse the receipt and record it anew.',
)
export const Receipt = shapes.resource.extend({ number: fields.number, exchangeRate: ExchangeRate }).meta({ id: 'Receipt' })
export const ReceiptRecord = shapes.record.extend({
  ...sourceFields,
  identifiedIn: z.string().optional(),
  /** Its import was taken back: its number and externalId are free again. */
  takenBack: z.literal(true).optional(),
})
export type Receipt = z.output<typeof ReceiptRecord>

/** Nobody knows yet who paid (待认领). */
export const isWaiting = (receipt: Pick<Receipt, 'customerId'>): boolean => receipt.customerId === undefined

export const shownReceipt = (receipt: Receipt) => {
  const { currency } = receipt.amount
  const status = receipt.ended?.how ?? (isWaiting(receipt) ? 'waiting' : unallocatedOf(receipt) > 0 ? 'open' : 'allocated')
  const refunded = (receipt.refunds ?? []).reduce((sum, { units }) => sum + units, 0)
  return {
    ...shownSource(receipt),
    status: status as (typeof receiptStatuses)[number],
    total: money(receipt.total, currency),
    refunded: money(refunded, currency),
  }
}
