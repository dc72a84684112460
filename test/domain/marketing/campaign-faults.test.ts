import { beforeAll, describe, expect, test } from 'vitest'
import { MailRefused } from '../../../domain/kernel/errors.ts'
import { getCampaign } from '../../../domain/marketing/campaign/change-campaign.ts'
import { cancelCampaign, pauseCampaign } from '../../../domain/marketing/campaign/control-campaign.ts'
import { sendBlock } from '../../../domain/marketing/delivery/send-block.ts'
import { choose, unsubscribe } from '../../../domain/marketing/unsubscribe/preferences.ts'
import { fakeSes } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'
import { experiment, randomOf, seed, tries } from '../../support/share.ts'

const readers = 35
let world: Awaited<ReturnType<typeof campaignWorld>>

beforeAll(async () => {
  world = await campaignWorld(readers)
})

describe('SES that throttles', () => {
  const runs = tries({ test: 1, faults: 3, nightly: 20 })

  test(
    experiment(
      'R8',
      'SES that throttles 30 % of all mails, with a quota that changes, gets no more than the quota in any second, and everybody a mail',
      runs,
    ),
    async () => {
      for (let i = 0; i < runs; i++) {
        const random = randomOf(seed + i)
        const quotas = [{ since: 0, perSecond: 20 }]
        const ses = fakeSes()
        const times: number[] = []
        const now = () => Date.parse(world.clock.now())
        const mail: typeof ses.mail = async (message) => {
          if (random() < 0.3) throw new MailRefused('Throttling', true)
          times.push(now())
          if (times.length === 12) quotas.push({ since: now(), perSecond: 5 })
          return ses.mail(message)
        }
        const sender = { ...world.sender, accountRate: async () => quotas.at(-1)!.perSecond }
        const { id } = await world.started()
        for (let round = 0; round < 200 && (await getCampaign(world.ctx, { id })).status === 'sending'; round++) {
          await sendBlock({ ...world.ctx, mail }, sender, world.work(await getCampaign(world.ctx, { id })))
          world.clock.pass(0.3)
        }

        // Turns that were given before the change are taken: ten mails at most.
        const changed = quotas[1]!.since + 1000
        const most = (from: number, to: number) =>
          Math.max(
            0,
            ...times.filter((at) => at >= from && at < to).map((start) => times.filter((at) => at >= start && at < start + 1000).length),
          )
        expect(new Set(ses.taken.map(({ to }) => to)).size).toBe(readers)
        expect(ses.taken.length).toBe(readers)
        expect([most(0, Infinity) <= 20, most(changed, Infinity) <= 5]).toEqual([true, true])
      }
    },
  )
})

describe('while a campaign runs', () => {
  const runs = tries({ test: 3, faults: 20, nightly: 200 })

  test(experiment('R9', 'a pause, a cancel and an unsubscribe during a run hold after the ten in flight', runs), async () => {
    const random = randomOf(seed)
    for (let i = 0; i < runs; i++) {
      const ses = fakeSes()
      const { id } = await world.started()
      const act = (['pause', 'cancel', 'unsubscribe'] as const)[i % 3]!
      const after = 1 + Math.floor(random() * (readers - 1))
      const person = world.people[Math.floor(random() * readers)]!
      const link = { email: person.email!, contactId: person.id }
      const mail: typeof ses.mail = async (message) => {
        const answer = await ses.mail(message)
        if (ses.taken.length !== after) return answer
        if (act === 'pause') await pauseCampaign(world.ctx, { id })
        else if (act === 'cancel') await cancelCampaign(world.ctx, { id })
        else await unsubscribe(world.ctx, link)
        return answer
      }
      await sendBlock({ ...world.ctx, mail }, world.sender, world.work(await getCampaign(world.ctx, { id })))

      const place = ses.taken.findIndex(({ to }) => to === person.email)
      const behind = act === 'unsubscribe' ? (place < 0 ? 0 : place + 1 - after) : ses.taken.length - after
      expect(behind, `${act} after ${after}`).toBeLessThan(10)
      expect(act !== 'unsubscribe' || ses.taken.length >= readers - 1).toBe(true)
      if (act === 'unsubscribe') await choose(world.ctx, link, 'all')
    }
  })
})
