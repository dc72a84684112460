import { Campaign, ChangeCampaign, CreateCampaign } from '../../../domain/marketing/campaign/campaign.ts'
import {
  campaignList,
  changeCampaign,
  createCampaign,
  deleteCampaign,
  getCampaign,
  listCampaigns,
} from '../../../domain/marketing/campaign/change-campaign.ts'
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../../domain/marketing/campaign/control-campaign.ts'
import { launchCampaign } from '../../../domain/marketing/campaign/launch-campaign.ts'
import { testCampaign } from '../../../domain/marketing/campaign/test-campaign.ts'
import { CampaignStats, campaignStats, Delivery, deliveryList, listDeliveries } from '../../../domain/marketing/delivery/campaign-stats.ts'
import { TestSent, TestTemplate } from '../../../domain/marketing/message-template/preview-template.ts'
import { route } from '../route.ts'

const example = {
  name: '秋季目录',
  goal: '让老客户索取新目录',
  budget: { amount: '3000.00', currency: 'CNY' },
  segmentId: 'seg_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  templateId: 'mtp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  sendWindow: { fromHour: 9, toHour: 18, workingDaysOnly: true, zone: 'recipient' },
  abTest: { templateId: 'mtp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', samplePercent: 20, decideBy: 'clicks', afterHours: 4 },
  attachments: [{ name: '秋季目录.pdf', url: 'https://files.firm.example/catalogue.pdf' }],
}

const plan = [
  route({
    method: 'GET',
    path: '/v1/campaigns',
    summary: 'List the campaigns',
    permission: 'campaigns.read',
    list: campaignList,
    response: Campaign,
    run: listCampaigns,
  }),
  route({
    method: 'POST',
    path: '/v1/campaigns',
    summary: 'Plan a campaign',
    description: 'Nothing is sent before it is launched.',
    permission: 'campaigns.write',
    body: CreateCampaign,
    response: Campaign,
    creates: true,
    example: { body: example },
    run: createCampaign,
  }),
  route({
    method: 'GET',
    path: '/v1/campaigns/{id}',
    summary: 'Get a campaign',
    permission: 'campaigns.read',
    response: Campaign,
    run: getCampaign,
  }),
  route({
    method: 'PATCH',
    path: '/v1/campaigns/{id}',
    summary: 'Change a campaign',
    description: 'JSON Merge Patch. Once it is launched, what decides who gets what stays as it is.',
    permission: 'campaigns.write',
    body: ChangeCampaign,
    response: Campaign,
    example: { body: { costs: [{ on: '2026-11-21', what: '设计', amount: { amount: '800.00', currency: 'CNY' } }] } },
    run: changeCampaign,
  }),
  route({
    method: 'DELETE',
    path: '/v1/campaigns/{id}',
    summary: 'Delete a campaign that was never launched',
    permission: 'campaigns.write',
    run: deleteCampaign,
  }),
]

const sending = [
  route({
    method: 'POST',
    path: '/v1/campaigns/{id}/test',
    summary: 'Mail a campaign to colleagues',
    description: 'As the contact would read it, with [Test] before the subject.',
    permission: 'campaigns.write',
    body: TestTemplate,
    response: TestSent,
    example: { body: { contactId: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', userIds: ['usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] } },
    run: testCampaign,
  }),
  route({
    method: 'POST',
    path: '/v1/campaigns/{id}/launch',
    summary: 'Launch a campaign',
    description:
      'At startAt, or at once. It keeps its template as it is now; its audience is snapshotted when it starts. What it lacks is said before anything is sent.',
    permission: 'campaigns.launch',
    response: Campaign,
    run: launchCampaign,
  }),
  route({
    method: 'POST',
    path: '/v1/campaigns/{id}/pause',
    summary: 'Pause a campaign',
    description: 'After the answer at most the mails in flight go out, ten for each worker.',
    permission: 'campaigns.launch',
    response: Campaign,
    run: (ctx, { id }) => pauseCampaign(ctx, { id }),
  }),
  route({
    method: 'POST',
    path: '/v1/campaigns/{id}/resume',
    summary: 'Let a paused campaign go on',
    description: 'Where it stopped, with the same audience.',
    permission: 'campaigns.launch',
    response: Campaign,
    run: resumeCampaign,
  }),
  route({
    method: 'POST',
    path: '/v1/campaigns/{id}/cancel',
    summary: 'End a campaign for good',
    permission: 'campaigns.launch',
    response: Campaign,
    run: cancelCampaign,
  }),
  route({
    method: 'GET',
    path: '/v1/campaigns/{id}/stats',
    summary: 'Get what a campaign came to',
    description: 'Everybody counts once, however often something happened and however often SES says it.',
    permission: 'campaigns.read',
    response: CampaignStats,
    run: campaignStats,
  }),
  route({
    method: 'GET',
    path: '/v1/campaigns/{id}/deliveries',
    summary: 'List the deliveries of a campaign',
    description: 'In the order of the audience; who was left out, and why.',
    permission: 'campaigns.read',
    list: deliveryList,
    response: Delivery,
    run: listDeliveries,
  }),
]

export const campaignRoutes = [...plan, ...sending]
