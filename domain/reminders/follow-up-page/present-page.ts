import { userNames, withoutHidden } from '../../identity/index.ts'
import { daysBetween, localDate, today } from '../../kernel/dates.ts'
import type { Contact, Customer, OpenFollowUp } from '../../parties/index.ts'
import { telLink } from '../wording.ts'
import type { FollowUpPage } from './follow-up-page.ts'
import type { Visit } from './visit.ts'

const mostPhones = 6

/** What is due; when nothing is, the next that is planned, since that is what the digest named. */
function dueOf(open: OpenFollowUp[], day: string): OpenFollowUp[] {
  const due = open.filter(({ dueOn }) => dueOn <= day)
  return due.length > 0 ? due : open.slice(0, 1)
}

type Phone = FollowUpPage['customer']['phones'][number]

/** Each number once: with the name of whom it reaches, when that is known. */
function phonesOf(customer: Customer, people: readonly Contact[]): Phone[] {
  const own: Phone[] = (customer.phones ?? []).map((number) => ({ number }))
  const named: Phone[] = people.flatMap((person) => (person.phones ?? []).map((number) => ({ label: person.name, number })))
  const byNumber = new Map<string, Phone>()
  for (const phone of [...own, ...named]) {
    const dialled = telLink(phone.number) ?? phone.number
    byNumber.set(dialled, byNumber.get(dialled)?.label ? byNumber.get(dialled)! : phone)
  }
  return [...byNumber.values()].slice(0, mostPhones)
}

function customerOf({ ctx, summary }: Visit): FollowUpPage['customer'] {
  const { customer, contacts } = summary
  const people = (contacts ?? []).map((contact) => withoutHidden(ctx.actor, 'contact', contact))
  const wechat = people.find((person) => person.wechat)?.wechat
  const { name, level } = customer
  return { name, phones: phonesOf(customer, people), ...(level ? { level } : {}), ...(wechat ? { wechat } : {}) }
}

/** What the page shows of a visit, besides what belongs to this one showing. */
export async function presentPage(visit: Visit): Promise<Omit<FollowUpPage, 'submissionId' | 'nonce'>> {
  const { ctx, user, summary, open } = visit
  const { name: tenantName, timeZone, locale } = ctx.tenant
  const day = today(ctx)
  const names = await userNames(ctx)
  const lastContacts = (summary.recentActivities ?? []).map(({ at, kind, summary: text, authorId }) => ({
    at: localDate(at, timeZone),
    kind,
    summary: text,
    by: names.get(authorId) ?? '',
  }))
  return {
    locale: user.locale ?? locale,
    tenantName,
    userName: user.name,
    customer: customerOf(visit),
    due: dueOf(open, day).map(({ dueOn, subject }) => ({ on: dueOn, daysLate: daysBetween(dueOn, day), subject })),
    lastContacts,
    today: day,
  }
}
