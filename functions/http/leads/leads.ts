import * as z from 'zod'
import { withoutHidden } from '../../../domain/identity/index.ts'
import { UserId } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { captureLead, createLead } from '../../../domain/marketing/lead/capture-lead.ts'
import {
  assignLead,
  changeLead,
  deleteLead,
  disqualifyLead,
  getLead,
  qualifyLead,
  reopenLead,
  takeUpLead,
} from '../../../domain/marketing/lead/change-lead.ts'
import { ConvertLead, Disqualify } from '../../../domain/marketing/lead/conversion.ts'
import { convertLead } from '../../../domain/marketing/lead/convert-lead.ts'
import { ChangeLead, CreateLead, Lead, type Lead as LeadRecord } from '../../../domain/marketing/lead/lead.ts'
import { leadKind } from '../../../domain/marketing/lead/lead-kind.ts'
import { leadTimeline, leadTimelineList } from '../../../domain/marketing/lead/lead-timeline.ts'
import { leadList, listLeads } from '../../../domain/marketing/lead/list-leads.ts'
import { searchLeads } from '../../../domain/marketing/lead/search-leads.ts'
import { TimelineEntry } from '../../../domain/parties/timeline/timeline.ts'
import { bulkRoutes } from '../bulk.ts'
import { presentPage, searchAnswer, searchBody } from '../parties/search-body.ts'
import { route } from '../route.ts'

const leadExample = {
  name: '王芳',
  company: '苏州恒远精密机械有限公司',
  title: '采购经理',
  email: 'wang.fang@hengyuan.example',
  phone: '0512-6543 2100',
  province: '江苏',
  city: '苏州',
  source: '工业博览会',
  message: '请报 20 台的价格和交期。',
}

const present = (ctx: Context, lead: LeadRecord) => withoutHidden(ctx.actor, 'lead', lead)
const common = { permission: 'leads.write', response: Lead, present } as const
const Assign = z
  .strictObject({ ownerId: UserId.nullish().meta({ description: 'Null: nobody. Left out: by the rules.' }) })
  .prefault({})
  .meta({ id: 'AssignLead' })

const records = [
  route({
    method: 'GET',
    path: '/v1/leads',
    summary: 'List leads',
    description:
      'Newest first: those of the caller and of everybody below; who assigns leads also sees those that wait for an owner (`filter[ownerId][isNull]=true`).',
    permission: 'leads.read',
    list: leadList,
    response: Lead,
    present,
    run: listLeads,
  }),
  route({
    method: 'POST',
    path: '/v1/leads/search',
    summary: 'Search leads',
    operationId: 'searchLeads',
    description:
      'Of those that the caller sees, by any field, in any order, with the exact total; `score` is by the rules as they are now. text looks into name, company, e-mail, phone, WeChat, message and notes. Up to 20,000 leads are judged: what would read more is refused with 422 `search.too-large`, which names what to narrow it by. docs/search.md has the rules of the tree.',
    permission: 'leads.read',
    readOnly: true,
    body: searchBody('Leads', Lead).omit({ viewId: true }).meta({ id: 'SearchLeads' }),
    response: searchAnswer('FoundLead', Lead),
    example: { body: { text: '苏州', where: { field: 'status', op: 'in', value: ['new', 'working'] }, sort: '-score,-createdAt' } },
    present: presentPage(Lead, present),
    run: searchLeads as () => Promise<never>,
  }),
  route({
    method: 'POST',
    path: '/v1/leads',
    summary: 'Create a lead',
    description:
      'Whose it is: `ownerId`, else the rep who creates it, else by the rules. 409 lead.exists for the address of an open lead, with leadId where the caller sees it.',
    body: CreateLead,
    creates: true,
    example: { body: leadExample },
    run: createLead,
    ...common,
  }),
  route({
    method: 'POST',
    path: '/v1/leads/capture',
    summary: 'Take what somebody says of themselves',
    description:
      'For the programs behind a web site, a fair or an advertisement: a new lead, or one more capture of the open lead of that address, which gains what it lacked and keeps where it first came from.',
    body: CreateLead,
    example: { body: leadExample },
    run: captureLead,
    ...common,
  }),
  route({ method: 'GET', path: '/v1/leads/{id}', summary: 'Get a lead', run: getLead, ...common, permission: 'leads.read' }),
  route({
    method: 'PATCH',
    path: '/v1/leads/{id}',
    summary: 'Change a lead',
    description: 'JSON Merge Patch. Source, campaign and consent stay as they came. With another address what was confirmed is no longer.',
    body: ChangeLead,
    example: { body: { title: '采购总监' } },
    run: changeLead,
    ...common,
  }),
  route({
    method: 'DELETE',
    path: '/v1/leads/{id}',
    summary: 'Erase a lead',
    description: 'With everything personal of it. The audit trail keeps ids, its campaign what it was credited with.',
    permission: 'leads.write',
    run: deleteLead,
  }),
  route({
    method: 'GET',
    path: '/v1/leads/{id}/timeline',
    summary: 'What happened to a lead',
    permission: 'leads.read',
    list: leadTimelineList,
    response: TimelineEntry,
    run: leadTimeline,
  }),
]

const actions = [
  route({ method: 'POST', path: '/v1/leads/{id}/work', summary: 'Begin to work on a lead', run: takeUpLead, ...common }),
  route({
    method: 'POST',
    path: '/v1/leads/{id}/qualify',
    summary: 'Qualify a lead',
    description: 'It is worth selling to.',
    run: qualifyLead,
    ...common,
  }),
  route({
    method: 'POST',
    path: '/v1/leads/{id}/disqualify',
    summary: 'Give a lead up',
    description: 'With the reason. Its address is free for another lead.',
    body: Disqualify,
    example: { body: { reason: '学生，毕业论文调研' } },
    run: disqualifyLead,
    ...common,
  }),
  route({ method: 'POST', path: '/v1/leads/{id}/reopen', summary: 'Work again on what was given up', run: reopenLead, ...common }),
  route({
    method: 'POST',
    path: '/v1/leads/{id}/assign',
    summary: 'Give a lead to somebody',
    description: 'Named, or by the rules when ownerId is left out: 409 lead.nobody-to-assign when they name nobody.',
    body: Assign,
    example: { body: { ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' } },
    run: assignLead,
    ...common,
    permission: 'leads.assign',
  }),
  route({
    method: 'POST',
    path: '/v1/leads/{id}/convert',
    summary: 'Make a customer of a lead',
    description:
      'Customer and contact in one transaction, once. 409 customer.duplicate or customer.duplicate-suspected with candidates and override {token, expiresAt}: name the customer that is there (customerId), or send the same body with duplicateOverride {token, reason}. A contact of that customer with the same address is kept. Source, campaign and consent go along.',
    body: ConvertLead,
    example: { body: { customer: { level: 'ordinary' }, nextContactOn: '2199-11-27' } },
    run: convertLead,
    ...common,
  }),
]

export const leadRoutes = [...records, ...actions, ...bulkRoutes({ kind: leadKind, response: Lead, present, example: leadExample })]
