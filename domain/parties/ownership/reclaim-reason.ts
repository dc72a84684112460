import type { ReclaimFact } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Locale } from '../../kernel/text.ts'
import type { Customer } from '../customer/customer.ts'
import { countedFrom, daysWithout, type Reclaim, type ReclaimSettings } from './reclaim-rules.ts'

const missing: Record<ReclaimFact, Record<Locale, string>> = {
  contact: { 'zh-CN': '未联系', en: 'No contact' },
  quote: { 'zh-CN': '未报价', en: 'No quote' },
  order: { 'zh-CN': '未下单', en: 'No order' },
}

/** Why a customer was taken, in the language of the tenant: what was wanting since when, the days since, the rule. */
export function reclaimReason(ctx: Context, customer: Customer, { fact, most }: Reclaim, day: string, settings: ReclaimSettings): string {
  const since = countedFrom(customer, fact, settings.timeZone)
  const days = daysWithout(since, day, settings)
  const working = settings.rules.workingDays
  const { locale } = ctx.tenant
  const what = missing[fact][locale]
  if (locale === 'zh-CN') return `自 ${since} 起 ${days} 个${working ? '工作日' : '自然日'}${what}，规则为 ${most} 天`
  return `${what} since ${since}: ${days} ${working ? 'working days' : 'days'}, the rule is ${most}`
}

const unless: Record<ReclaimFact, { 'zh-CN': string; en: string }> = {
  contact: { 'zh-CN': '如不联系', en: 'unless you are in contact' },
  quote: { 'zh-CN': '如不报价', en: 'unless you send a quote' },
  order: { 'zh-CN': '如无订单', en: 'unless an order comes' },
}

/** The warning of a reclaim, with the day as `on` says it. */
export const reclaimWarningText = (fact: ReclaimFact, on: string, locale: Locale): string =>
  locale === 'zh-CN' ? `${unless[fact][locale]}，${on} 起回收到公海` : `Goes to the public pool on ${on} ${unless[fact].en}`
