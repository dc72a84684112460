import { actorOf } from '../domain/identity/index.ts'
import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import type { Context, Enqueue } from '../domain/kernel/context.ts'
import type { Campaign } from '../domain/marketing/campaign/campaign.ts'
import { createCampaign } from '../domain/marketing/campaign/change-campaign.ts'
import { launchCampaign } from '../domain/marketing/campaign/launch-campaign.ts'
import { planCampaign } from '../domain/marketing/campaign/plan-campaign.ts'
import type { BlockWork, PlanWork } from '../domain/marketing/campaign/plan-later.ts'
import { createMessageTemplate } from '../domain/marketing/message-template/change-template.ts'
import { createSegment } from '../domain/marketing/segment/change-segment.ts'
import { contacts } from '../domain/parties/contact/contact.table.ts'
import type { Contact } from '../domain/parties/contact/contact.ts'
import { customers } from '../domain/parties/customer/customer.table.ts'
import type { Customer } from '../domain/parties/customer/customer.ts'
import { measure, type Spent } from '../domain/store/capacity.ts'
import { newRecord } from '../domain/store/record.ts'
import { mail } from '../functions/clients/mail.ts'
import { bareContext, systemActor, systemContext, tenantContext } from '../functions/runtime.ts'
import { memoryFiles } from '../test/support/files.ts'
import { batchWriter } from './batch-writer.ts'
import type { Progress } from './progress.ts'

/** Near what one worker does, so that the rate is held and not only never reached. */
export const quotaPerSecond = 250

const body =
  '<mjml><mj-body><mj-section><mj-column><mj-text>{{ contact.name }}，您好：</mj-text><mj-text>新一季目录已经可以索取。</mj-text><mj-button href="https://harbour.example/catalogue">索取目录</mj-button></mj-column></mj-section></mj-body></mjml>'

/** A campaign as it stands on the queue, with a context for its workers. */
export interface Launched {
  worker: Context
  campaign: Campaign
  queue: BlockWork[]
  queueCalls: number
  /** What the snapshot took. */
  planning: Spent
}

/** A firm with so many customers of one contact each. */
async function fill(id: string, recipients: number, progress: Progress): Promise<Context> {
  const settings = {
    name: 'Bench Trading',
    mailRate: quotaPerSecond,
    postalAddress: '人民路 1 号',
    sender: { name: 'Bench', email: 'news@bench.example' },
  }
  const { admin } = await createTenant(bareContext(id), { settings, admin: { name: 'Ada', email: 'ada@bench.example', roles: ['admin'] } })
  const mailAccount = { isVerified: async () => true, ratePerSecond: async () => 1_000_000 }
  const ctx = await tenantContext(id, actorOf(admin), undefined, { mailAccount })
  const write = batchWriter(ctx.db.table)
  for (let i = 0; i < recipients; i++) {
    const owned = { ownerId: admin.id, tags: ['展会'], level: 'ordinary' as const }
    const customer = { name: `东方机械 ${i}`, ...owned, ...newRecord(ctx, 'cus') } as Customer
    const person = {
      customerId: customer.id,
      ownerId: admin.id,
      name: `王${i}`,
      email: `reader${i}@firm${i}.example`,
      locale: 'zh-CN' as const,
    }
    const contact = { ...person, ...newRecord(ctx, 'con', customer.id) } as Contact
    await write.add([...customers.create(customer).actions(ctx), ...contacts.create(contact).actions(ctx)])
    if (i % 1000 === 0) progress(`campaign: ${i} of ${recipients} contacts`)
  }
  await write.end()
  return ctx
}

/** Plans and launches a campaign to everybody of a new firm of that id; answers its blocks as they stand on the queue. */
export async function launchedTo(recipients: number, progress: Progress, firm = `bench-campaign-${recipients}`): Promise<Launched> {
  const ctx = await fill(firm, recipients, progress)
  const queue: BlockWork[] = []
  let queueCalls = 0
  const plans: PlanWork[] = []
  const enqueue: Enqueue = async (name, messages) => {
    queueCalls += Math.ceil(messages.length / 10)
    if (name === 'plan-campaign') plans.push(...(messages as PlanWork[]))
    else queue.push(...(messages as BlockWork[]))
  }
  const content = { kind: 'campaign', locale: 'zh-CN', subject: '{{ contact.name }}：秋季目录', body } as const
  const template = await createMessageTemplate(ctx, { name: 'T', ...content })
  const segment = await createSegment(ctx, { name: 'S', where: { field: 'customer.tags', op: 'contains', value: '展会' } })
  const plan = await createCampaign(ctx, { name: 'Autumn', segmentId: segment.id, templateId: template.id })
  const campaign = await launchCampaign(ctx, plan)
  const worker = { ...ctx, actor: systemActor, files: memoryFiles(), enqueue, mail }
  plans.push({ tenantId: ctx.tenant.id, campaignId: campaign.id, run: 1 })
  // A large segment is gathered by several messages.
  const { spent } = await measure(async () => {
    for (let work = plans.shift(); work; work = plans.shift()) await planCampaign(worker, systemContext(), work)
  })
  return { worker, campaign, queue, queueCalls, planning: spent }
}
