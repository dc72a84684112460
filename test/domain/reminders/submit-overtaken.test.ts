import { expect, test } from 'vitest'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { changeFollowUp, deleteFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { linkTo } from '../../../domain/reminders/follow-up-page/link.ts'
import { submit } from '../../../domain/reminders/follow-up-page/submit.ts'
import { type Visit, visit } from '../../../domain/reminders/follow-up-page/visit.ts'
import { customerDue } from '../../support/reminders.ts'
import { newTenant } from '../../support/tenant.ts'

const tomorrow = addDays(localDate(new Date().toISOString(), 'Asia/Shanghai'), 1)

/** Somebody who has looked at a customer with one planned contact that lies ahead. */
async function visitor() {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const ctx = await tenant.as(rep)
  const customer = await customerDue(tenant, rep, [tomorrow])
  const token = linkTo(ctx, rep.id, customer.id).split('/r/')[1]!
  const look = async () => (await visit(ctx, token)) as Visit
  return { ctx, look, seen: await look() }
}

const form = { action: 'log' as const, nonce: 'n-1', kind: 'call' as const, summary: 'They want a quote' }

test.each([
  ['closed', (ctx: Visit['ctx'], id: string) => changeFollowUp(ctx, { id, changes: { status: 'done' } })],
  ['deleted', (ctx: Visit['ctx'], id: string) => deleteFollowUp(ctx, { id })],
])('what somebody wrote down is kept, once, though the plan it answers was %s a moment ago', async (_how, elsewhere) => {
  const { ctx, look, seen } = await visitor()
  await elsewhere(ctx, seen.open[0]!.id)

  const done = [await submit(seen, form), await submit(seen, form)]

  expect(done).toEqual([{ outcome: 'logged' }, { outcome: 'logged' }])
  expect((await look()).summary.recentActivities).toMatchObject([{ summary: 'They want a quote' }])
})
