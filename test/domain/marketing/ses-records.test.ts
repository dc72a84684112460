import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { campaignStats } from '../../../domain/marketing/delivery/campaign-stats.ts'
import { sendBlock } from '../../../domain/marketing/delivery/send-block.ts'
import { handler } from '../../../functions/consumers/marketing/note-delivery-on-ses-event.ts'
import { hand } from '../../support/deliver.ts'
import { fakeSes } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'

const folder = join(import.meta.dirname, '../../../../shared/data/email/ses_events')
const isThere = existsSync(folder)

interface SesRecord {
  eventType?: string
  mail: { tags?: object }
}

/** The records that Amazon publishes as examples of its events; they are not part of this repository. */
const records = (): SesRecord[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SesRecord)
    .filter(({ eventType, mail }) => eventType && mail)

describe.skipIf(!isThere)('the example events of SES', () => {
  let world: Awaited<ReturnType<typeof campaignWorld>>
  let campaignId: string

  beforeAll(async () => {
    world = await campaignWorld(12)
    const campaign = await world.started()
    campaignId = campaign.id
    await sendBlock({ ...world.ctx, mail: fakeSes().mail }, world.sender, world.work(campaign))
  })

  const told = async (events: unknown[]) => {
    const { batchItemFailures } = await hand(handler, ...events)
    return { failed: batchItemFailures.length, stats: await campaignStats(world.ctx, { id: campaignId }) }
  }
  const inBus = (detail: SesRecord) => ({ source: 'aws.ses', detail })

  test('say nothing of a mail that is not ours', async () => {
    const before = await campaignStats(world.ctx, { id: campaignId })

    expect(await told(records().map(inBus))).toEqual({ failed: 0, stats: before })
  })

  test('are read as ours with our tags, counted once, doubled and in any order', async () => {
    const ours = records().map((record, i) =>
      inBus({
        ...record,
        mail: {
          ...record.mail,
          tags: { tenant: [world.tenant.id], campaign: [campaignId], delivery: [`0-${Math.floor((i % 12) / 10)}-${i % 10}`] },
        },
      }),
    )

    const once = await told(ours)
    const again = await told([...ours].reverse().concat(ours))

    expect(once.failed).toBe(0)
    expect(once.stats).toMatchObject({ sent: 12, complained: 1, delivered: 1, opened: 1, clicked: 1, delayed: 1 })
    expect(Number((once.stats as Record<string, unknown>).rejected)).toBeGreaterThan(0)
    expect(again).toEqual(once)
  })
})
