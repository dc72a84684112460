import { userNames, withoutHidden } from '../../identity/index.ts'
import { daysBetween, localDate, today } from '../../kernel/dates.ts'
import type { OpenFollowUp } from '../../parties/index.ts'
import type { FollowUpPage } from './follow-up-page.ts'
import type { Visit } from './visit.ts'

const mostPhones = 6

/** What is due; when nothing is, the next that is planned, since that is what the digest named. */
function dueOf(open: OpenFollowUp[], day: string): OpenFollowUp[] {
  const due = open.filter(({ dueOn }) => dueOn <= day)
  return due.length > 0 ? due : open.slice(0, 1)
}

function phonesOf({ ctx, summary }: Visit): FollowUpPage['customer'] {
  const { name, level, phones = [] } = summary.customer
  const people = (summary.contacts ?? []).map((contact) => withoutHidden(ctx.actor, 'contact', contact))
  const numbers = [
    ...phones.map((number) => ({ number })),
    ...people.flatMap((person) => (person.phones ?? []).map((number) => ({ label: person.name, number }))),
  ]
  const wechat = people.find((person) => person.wechat)?.wechat
  return { name, phones: numbers.slice(0, mostPhones), ...(level ? { level } : {}), ...(wechat ? { wechat } : {}) }
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
    customer: phonesOf(visit),
    due: dueOf(open, day).map(({ dueOn, subject }) => ({ on: dueOn, daysLate: daysBetween(dueOn, day), subject })),
    lastContacts,
    today: day,
  }
}
