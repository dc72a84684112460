import type { User } from '../../domain/identity/user/user.ts'
import type { Context, Enqueue, SystemContext } from '../../domain/kernel/context.ts'
import type { Campaign } from '../../domain/marketing/campaign/campaign.ts'
import { createCampaign, getCampaign } from '../../domain/marketing/campaign/change-campaign.ts'
import { launchCampaign } from '../../domain/marketing/campaign/launch-campaign.ts'
import { planCampaign } from '../../domain/marketing/campaign/plan-campaign.ts'
import type { BlockWork } from '../../domain/marketing/campaign/plan-later.ts'
import type { Sender } from '../../domain/marketing/delivery/sending.ts'
import { createMessageTemplate } from '../../domain/marketing/message-template/change-template.ts'
import { createSegment } from '../../domain/marketing/segment/change-segment.ts'
import { createContact, getContact } from '../../domain/parties/contact/change-contact.ts'
import type { Contact } from '../../domain/parties/contact/contact.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import { retryStale } from '../../domain/store/commit.ts'
import { systemActor } from '../../functions/runtime.ts'
import { memoryFiles } from './files.ts'
import { firmName } from './firm-names.ts'
import { fakeAccount, fakeClock } from './mail.ts'
import { newTenant, type TestTenant } from './tenant.ts'

let count = 0

/** A tenant with somebody who writes to its customers' contacts. */
export interface MarketingWorld {
  tenant: TestTenant
  ctx: Context
  system: Context
  marketer: User
  /** A contact of a customer of its own, with an address of its own. */
  reader(more?: Record<string, unknown>): Promise<Contact>
  contact(id: string): Promise<Contact>
}

export async function marketingWorld(settings: Record<string, unknown> = {}): Promise<MarketingWorld> {
  const tenant = await newTenant({ name: 'Harbour Tools', locale: 'en', ...settings })
  const marketer = await tenant.user('marketer')
  const [admin, ctx] = await Promise.all([tenant.as(tenant.admin), tenant.as(marketer, { mailAccount: fakeAccount() })])
  const reader = async (more: Record<string, unknown> = {}) => {
    count += 1
    const customer = await createCustomer(admin, { name: firmName() })
    return createContact(admin, { customerId: customer.id, name: `Reader ${count}`, email: `reader-${count}@harbour.example`, ...more })
  }
  return { tenant, ctx, system: { ...ctx, actor: systemActor }, marketer, reader, contact: (id) => getContact(admin, { id }) }
}

/** A campaign of so many readers, ready to be launched, with all that its sending needs in this process. */
export async function campaignWorld(readers: number, settings: Record<string, unknown> = {}) {
  const world = await marketingWorld({
    sender: { name: 'Harbour', email: 'news@harbour.example' },
    postalAddress: '1 Harbour Road',
    mailRate: 1000,
    ...settings,
  })
  const admin = await world.tenant.as(world.tenant.admin)
  const customer = await createCustomer(admin, { name: firmName() })
  const people: Contact[] = []
  for (let i = 0; i < readers; i++)
    people.push(
      await retryStale(() => createContact(admin, { customerId: customer.id, name: `Reader ${i}`, email: `r${i}@harbour.example` })),
    )
  const queue: { name: string; message: unknown; delay: number }[] = []
  const enqueue: Enqueue = async (name, messages, delay = 0) => void queue.push(...messages.map((message) => ({ name, message, delay })))
  const files = memoryFiles()
  const clock = fakeClock('2026-11-20T03:00:00.000Z')
  const ctx: Context = { ...world.system, enqueue, files, now: clock.now }
  const system: SystemContext = { system: true, now: clock.now, db: ctx.db, enqueue }
  const slept = async (milliseconds: number) => clock.set(new Date(Date.parse(clock.now()) + Math.max(0, milliseconds)).toISOString())
  const sender: Sender = { system, account: world.tenant.id, accountRate: async () => 1000, sleep: slept }
  const asMarketer = { ...world.ctx, now: clock.now }
  const template = await createMessageTemplate(asMarketer, {
    name: 'T',
    kind: 'campaign',
    locale: 'en',
    subject: 'News for {{ contact.name }}',
    body: '<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ contact.name }}</mj-text></mj-column></mj-section></mj-body></mjml>',
  })
  const segment = await createSegment(asMarketer, { name: 'S', where: { field: 'email', op: 'isNull', value: false } })
  const plan = (more: Record<string, unknown> = {}) =>
    createCampaign(asMarketer, { name: 'Autumn', segmentId: segment.id, templateId: template.id, ...more })
  const work = (campaign: Campaign, block = 0): BlockWork => ({
    tenantId: world.tenant.id,
    campaignId: campaign.id,
    run: campaign.run ?? 1,
    block,
  })
  /** Launches and starts it: what is on the queue then are its blocks. */
  const started = async (more: Record<string, unknown> = {}) => {
    const campaign = await launchCampaign(asMarketer, await plan(more))
    await planCampaign(ctx, system, work(campaign))
    return getCampaign(ctx, campaign)
  }
  return { ...world, ctx, system, sender, asMarketer, clock, queue, files, people, template, segment, plan, work, started }
}
