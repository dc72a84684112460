import { describe, expect, test } from 'vitest'
import { winnerOf } from '../../../domain/marketing/campaign/ab-test.ts'
import { getCampaign } from '../../../domain/marketing/campaign/change-campaign.ts'
import { planCampaign } from '../../../domain/marketing/campaign/plan-campaign.ts'
import type { PlanWork } from '../../../domain/marketing/campaign/plan-later.ts'
import { startCampaigns } from '../../../domain/marketing/campaign/start-campaigns.ts'
import { campaignStats } from '../../../domain/marketing/delivery/campaign-stats.ts'
import { noteDelivery } from '../../../domain/marketing/delivery/note-ses-news.ts'
import { sendBlock } from '../../../domain/marketing/delivery/send-block.ts'
import { createMessageTemplate } from '../../../domain/marketing/message-template/change-template.ts'
import { fakeSes } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'

describe('two contents on a sample', () => {
  test('are tried half each, then all others get the winner, and everybody one mail', async () => {
    const world = await campaignWorld(45)
    const body = '<mjml><mj-body><mj-section><mj-column><mj-text>B</mj-text></mj-column></mj-section></mj-body></mjml>'
    const b = await createMessageTemplate(world.asMarketer, { name: 'B', kind: 'campaign', subject: 'B', body })
    const ses = fakeSes()
    const ctx = { ...world.ctx, mail: ses.mail }
    const { id } = await world.started({ abTest: { templateId: b.id, samplePercent: 30, decideBy: 'clicks', afterHours: 2 } })
    const now = () => getCampaign(world.ctx, { id })
    const send = async () => sendBlock(ctx, world.sender, world.work(await now()))
    // The schedule hands its work to the queue, whose worker plans.
    const schedule = async () => {
      world.queue.length = 0
      await startCampaigns(world.system, world.clock.now())
      const plans = world.queue.filter(({ name, message }) => name === 'plan-campaign' && (message as PlanWork).campaignId === id)
      for (const { message } of plans) await planCampaign(ctx, world.system, message as PlanWork)
    }

    await send()
    const sample = ses.taken.map(({ subject, deliveryId }) => ({ isB: subject === 'B', deliveryId }))
    for (const { deliveryId } of sample.filter(({ isB }) => isB).slice(0, 2))
      await noteDelivery(world.ctx, { campaignId: id, delivery: deliveryId, fact: 'k', at: world.clock.now() })
    world.clock.pass(119)
    await schedule()
    await send()
    const early = ses.taken.length
    world.clock.pass(10)
    await schedule()
    await send()

    const { samplePages = 0, ...campaign } = await now()
    const rest = ses.taken.slice(samplePages * 10)
    expect(sample.length).toBe(samplePages * 10)
    expect(sample.filter(({ isB }) => isB).length).toBe(sample.length / 2)
    expect(early).toBe(sample.length)
    expect(campaign).toMatchObject({ winner: 'b', status: 'sent' })
    expect([new Set(rest.map(({ subject }) => subject)), new Set(ses.taken.map(({ to }) => to)).size]).toEqual([new Set(['B']), 45])
    expect((await campaignStats(world.ctx, { id })).contents).toMatchObject([
      { content: 'a', sent: sample.length / 2, clicked: 0 },
      { content: 'b', sent: 45 - sample.length / 2, clicked: 2 },
    ])
  })

  test('b wins only with a larger share of those who got it', () => {
    const of = (a: [number, number], b: [number, number]) =>
      winnerOf({ a: { sent: a[0], responded: a[1] }, b: { sent: b[0], responded: b[1] } })

    expect([of([10, 2], [10, 3]), of([10, 2], [10, 2]), of([5, 2], [10, 3]), of([0, 0], [10, 1]), of([10, 0], [0, 0])]).toEqual([
      'b',
      'a',
      'a',
      'a',
      'a',
    ])
  })
})
