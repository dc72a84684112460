import * as z from 'zod'
import { withoutHidden } from '../../../domain/identity/index.ts'
import { compact } from '../../../domain/kernel/merge-patch.ts'
import {
  changeSegment,
  createSegment,
  deleteSegment,
  getSegment,
  listSegments,
  segmentList,
} from '../../../domain/marketing/segment/change-segment.ts'
import { countSegment, previewSegment } from '../../../domain/marketing/segment/count-segment.ts'
import { ChangeSegment, CreateSegment, PreviewSegment, Segment, SegmentCount } from '../../../domain/marketing/segment/segment.ts'
import { listMembers, memberList } from '../../../domain/marketing/segment/segment-members.ts'
import { Contact } from '../../../domain/parties/contact/contact.ts'
import { route } from '../route.ts'

const where = {
  and: [
    { field: 'customer.level', op: 'in', value: ['key-major', 'key-secondary'] },
    { field: 'customer.addresses.city', op: 'contains', value: '苏州' },
    { field: 'title', op: 'contains', value: '采购' },
  ],
}

const SegmentPreview = SegmentCount.extend({ data: z.array(Contact).max(10).meta({ description: 'The earliest made of them.' }) }).meta({
  id: 'SegmentPreview',
})
type Previewed = Awaited<ReturnType<typeof previewSegment>>

export const segmentRoutes = [
  route({
    method: 'GET',
    path: '/v1/segments',
    summary: 'List the segments',
    description: 'Without their lists of people.',
    permission: 'segments.read',
    list: segmentList,
    response: Segment,
    run: listSegments,
  }),
  route({
    method: 'POST',
    path: '/v1/segments',
    summary: 'Save a segment',
    description:
      'Its people are contacts. `where` is the tree of a search: fields of the contact by their names, fields of its customer as `customer.<field>`; `customer.ordered.<N>d` or `customer.ordered.<from>..<to>` is the amount ordered in a time, `customer.bought`, also with a time, the products; `campaign.clicked` (sent, delivered, opened, replied …) the campaigns that somebody responded to. Checked as if it were run.',
    permission: 'segments.write',
    body: CreateSegment,
    response: Segment,
    creates: true,
    example: { body: { name: '苏州重点客户的采购', where } },
    run: createSegment,
  }),
  route({
    method: 'POST',
    path: '/v1/segments/preview',
    summary: 'Try a segment before it is saved',
    description:
      'How many people it finds, how many of the first 1,000 can be mailed, and the first ten. In a firm too large for one function it looks through a part (`complete` is false): save the segment and ask for its count.',
    permission: 'segments.read',
    readOnly: true,
    body: PreviewSegment,
    response: SegmentPreview,
    example: { body: { where } },
    present: (ctx, preview: Previewed) => ({ ...preview, data: preview.data.map((one) => withoutHidden(ctx.actor, 'contact', one)) }),
    run: (ctx, input) => previewSegment(ctx, compact(input)),
  }),
  route({
    method: 'GET',
    path: '/v1/segments/{id}',
    summary: 'Get a segment',
    permission: 'segments.read',
    response: Segment,
    run: getSegment,
  }),
  route({
    method: 'PATCH',
    path: '/v1/segments/{id}',
    summary: 'Change a segment',
    description: 'JSON Merge Patch; a tree takes the place of the former one as a whole. Campaigns that were launched keep their audience.',
    permission: 'segments.write',
    body: ChangeSegment,
    response: Segment,
    example: { body: { name: '苏州采购', where: { field: 'customer.addresses.city', op: 'contains', value: '苏州' } } },
    run: changeSegment,
  }),
  route({
    method: 'DELETE',
    path: '/v1/segments/{id}',
    summary: 'Delete a segment',
    permission: 'segments.write',
    run: deleteSegment,
  }),
  route({
    method: 'GET',
    path: '/v1/segments/{id}/members',
    summary: 'List the people of a segment',
    description:
      'As it is now, of those the caller sees; the earliest made first. In a firm too large for one search, those of one owner after those of another, and pages may be short before the last.',
    permission: 'segments.read',
    list: memberList,
    response: Contact,
    present: (ctx, contact) => withoutHidden(ctx.actor, 'contact', contact),
    run: (ctx, input) => listMembers(ctx, input),
  }),
  route({
    method: 'GET',
    path: '/v1/segments/{id}/count',
    summary: 'Count the people of a segment',
    description:
      'Judged by the search cards, so that it costs little. What one function cannot look through is counted by a queue, a portion after the other: `complete` is false until it is done, and who asks again is told how far it came.',
    permission: 'segments.read',
    response: SegmentCount,
    run: (ctx, input) => countSegment(ctx, input),
  }),
]
