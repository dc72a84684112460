import * as z from 'zod'
import { actorOf, allowed, knownUsers, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { oneLine } from '../../kernel/html.ts'
import { money } from '../../kernel/money.ts'
import type { Locale } from '../../kernel/text.ts'
import { customers } from '../../parties/index.ts'
import { type SendOutcome, sendNotice } from '../../platform/index.ts'
import { type Order, orders } from '../../sales/index.ts'
import { find } from '../../store/read.ts'

/** What a manager is told of an order that waits for them. */
export const HoldNotice = z.object({
  eventId: z.string(),
  orderId: z.string(),
  /** Who is told. */
  managerId: z.string(),
  base: z.int(),
  exposure: z.int(),
  limit: z.int().nullable(),
})
export type HoldNotice = z.output<typeof HoldNotice>

interface Told {
  name: string
  number: string
  total: string
  exposure: string
  limit: string
}

interface Texts {
  subject(told: Told): string
  lines(told: Told): string[]
}

const texts: Record<Locale, Texts> = {
  en: {
    subject: ({ number, name }) => `Order ${number} of ${name} waits for you: credit limit`,
    lines: ({ number, name, total, exposure, limit }) => [
      `Order ${number} of ${name} comes to ${total}. With it ${exposure} would be open; the limit is ${limit}.`,
      'Confirm it with a reason, or leave it until the customer has paid.',
    ],
  },
  'zh-CN': {
    subject: ({ number, name }) => `${name} 的订单 ${number} 超出信用额度，待您处理`,
    lines: ({ number, name, total, exposure, limit }) => [
      `${name} 的订单 ${number} 金额 ${total}。计入后信用占用为 ${exposure}，信用额度为 ${limit}。`,
      '可填写理由后确认，或待客户付款后再处理。',
    ],
  },
}

const mayApprove = (user: User) => user.active && allowed(actorOf(user), 'orders.approve')

/** The manager of whoever has the customer or held the order; where there is none, everybody who may approve. */
export async function approversOf(ctx: Context, orderId: string, actorId: string): Promise<string[]> {
  const [users, order] = await Promise.all([knownUsers(ctx), find(ctx, orders, orderId)])
  const byId = new Map(users.map((user) => [user.id, user]))
  const above = [order?.ownerId, actorId].flatMap((id) => byId.get(id ?? '')?.managerId ?? [])
  const manager = above.map((id) => byId.get(id)).find((user) => user && mayApprove(user))
  return manager ? [manager.id] : users.filter(mayApprove).map(({ id }) => id)
}

function toldOf(ctx: Context, order: Order, name: string, { exposure, limit }: HoldNotice): Told {
  const said = (units: number, currency: string) => `${money(units, currency).amount} ${currency}`
  const { currency } = ctx.tenant
  return {
    name: oneLine(name),
    number: oneLine(order.number),
    total: said(order.total, order.currency),
    exposure: said(exposure, currency),
    limit: said(limit ?? 0, currency),
  }
}

/** Mails one manager, once for each time that an order is held. `nothing-due` when it does not wait any more. */
export async function sendHoldNotice(ctx: Context, notice: HoldNotice): Promise<SendOutcome | 'nothing-due'> {
  const [users, order] = await Promise.all([knownUsers(ctx), find(ctx, orders, notice.orderId)])
  const manager = users.find(({ id }) => id === notice.managerId)
  const customer = order ? await find(ctx, customers, order.customerId) : undefined
  if (!manager?.active || !customer || order?.status !== 'credit-hold') return 'nothing-due'
  const told = toldOf(ctx, order, customer.name, notice)
  const noticeIn = (locale: Locale) => ({ subject: texts[locale].subject(told), paragraphs: texts[locale].lines(told) })
  return sendNotice(ctx, { key: ['order-held', notice.eventId, notice.managerId], to: manager, noticeIn })
}
