import { addDays, localDate } from '../../domain/kernel/dates.ts'
import { getCustomer } from '../../domain/parties/customer/change-customer.ts'
import { shown } from '../../domain/parties/customer/customer.ts'
import { summariseCustomer } from '../../domain/parties/customer/summarise-customer.ts'
import { linkTo } from '../../domain/reminders/follow-up-page/link.ts'
import { handler } from '../../functions/http/reminders/index.ts'
import { caller } from './call.ts'
import { newTenant } from './tenant.ts'

export const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
export const yesterday = addDays(today, -1)

/** What a press of the button sends. */
export const log = { action: 'log', kind: 'call', summary: 'They want a quote' }

export const pathOf = (link: string) => link.slice(link.indexOf('/r/'))

/** A rep whom mails remind, and the pages behind the links in them. */
export async function remindedRep() {
  const tenant = await newTenant({ locale: 'en' })
  const rep = await tenant.user('rep', { name: 'Nancy' })

  /** The page behind the link of `user` for the customer, as a phone sees it: nobody is signed in. */
  async function pageOf(customerId: string, user = rep) {
    const ctx = await tenant.as(user)
    const path = pathOf(linkTo(ctx, user.id, customerId))
    const call = caller(handler, tenant.id, undefined)
    const post = (form: Record<string, string>) =>
      call(path, {
        method: 'POST',
        rawBody: new URLSearchParams(form).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const get = (method = 'GET') => call(path, { method })
    const nonce = async () => /name="nonce" value="([^"]+)"/.exec((await get()).body)?.[1] ?? ''
    const now = async () => shown(await getCustomer(await tenant.as(tenant.admin), { id: customerId }))
    const history = async () => (await summariseCustomer(await tenant.as(tenant.admin), { id: customerId })).recentActivities ?? []
    const planned = async () =>
      ((await summariseCustomer(await tenant.as(tenant.admin), { id: customerId })).openFollowUps ?? []).map(({ dueOn }) => dueOn)
    return { path, call, post, get, nonce, now, history, planned }
  }

  return { tenant, rep, pageOf }
}
