import type { Context } from '../../../domain/kernel/context.ts'
import {
  changeLeadForm,
  createLeadForm,
  deleteLeadForm,
  getLeadForm,
  leadFormList,
  listLeadForms,
} from '../../../domain/marketing/lead-form/change-lead-form.ts'
import { formUrl } from '../../../domain/marketing/lead-form/form-links.ts'
import {
  ChangeLeadForm,
  CreateLeadForm,
  consentVersion,
  LeadForm,
  type LeadForm as LeadFormRecord,
} from '../../../domain/marketing/lead-form/lead-form.ts'
import { presented, route } from '../route.ts'

const present = (ctx: Context, form: LeadFormRecord) => ({ ...form, url: formUrl(ctx, form.id), consentVersion: consentVersion(form) })

export const leadFormRoutes = [
  presented({
    method: 'GET',
    path: '/v1/lead-forms',
    summary: 'List the forms for leads',
    permission: 'lead-forms.read',
    list: leadFormList,
    response: LeadForm,
    present,
    run: listLeadForms,
  }),
  presented({
    method: 'POST',
    path: '/v1/lead-forms',
    summary: 'Make a form for leads',
    description:
      'It stands at `url` for everybody. With doubleOptIn the address is confirmed by a link in a mail first; consent is recorded with time, source and the version of consentText.',
    permission: 'lead-forms.write',
    body: CreateLeadForm,
    response: LeadForm,
    creates: true,
    example: {
      body: {
        name: '秋季展会',
        heading: '索取报价',
        fields: [
          { name: 'company', required: true },
          { name: 'email', required: true },
          { name: 'message', required: false },
        ],
        consentText: '我同意接收贵公司的产品资讯邮件，并可随时退订。',
      },
    },
    present,
    run: createLeadForm,
  }),
  presented({
    method: 'GET',
    path: '/v1/lead-forms/{id}',
    summary: 'Get a form for leads',
    permission: 'lead-forms.read',
    response: LeadForm,
    present,
    run: getLeadForm,
  }),
  presented({
    method: 'PATCH',
    path: '/v1/lead-forms/{id}',
    summary: 'Change a form for leads',
    description: 'JSON Merge Patch. Another consentText is the next version; the former wordings are kept.',
    permission: 'lead-forms.write',
    body: ChangeLeadForm,
    response: LeadForm,
    example: { body: { active: false } },
    present,
    run: changeLeadForm,
  }),
  route({
    method: 'DELETE',
    path: '/v1/lead-forms/{id}',
    summary: 'Delete a form for leads',
    description: 'Its address is 404 from then on; what came by it stays.',
    permission: 'lead-forms.write',
    run: deleteLeadForm,
  }),
]
