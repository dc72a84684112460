import { changeLeadRules, getLeadRules } from '../../../domain/marketing/lead-rules/change-lead-rules.ts'
import { ChangeLeadRules, LeadRules } from '../../../domain/marketing/lead-rules/lead-rules.ts'
import { route } from '../route.ts'

const userId = 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'

export const leadRulesRoutes = [
  route({
    method: 'GET',
    path: '/v1/lead-rules',
    summary: 'Get the rules for leads',
    permission: 'leads.read',
    response: LeadRules,
    run: getLeadRules,
  }),
  route({
    method: 'PATCH',
    path: '/v1/lead-rules',
    summary: 'Change the rules for leads',
    description:
      'JSON Merge Patch; a list takes the place of the former one. `scoring` gives points to what a tree says of a lead, `assignment` says who gets what comes without an owner: in turns, or who has the fewest open leads, of a region first.',
    permission: 'lead-forms.write',
    body: ChangeLeadRules,
    response: LeadRules,
    example: {
      body: {
        scoring: [
          { name: '采购', where: { field: 'title', op: 'contains', value: '采购' }, points: 30 },
          { name: '写了需求', where: { field: 'message', op: 'isNull', value: false }, points: 20 },
        ],
        assignment: {
          by: 'round-robin',
          memberIds: [userId],
          regions: [{ name: '华东', places: ['江苏', '上海', '浙江'], memberIds: [userId] }],
        },
        qualifyAt: 80,
      },
    },
    run: changeLeadRules,
  }),
]
