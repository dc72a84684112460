import { Merge, MergePreview, MergeRequest } from '../../../domain/parties/merge/merge.ts'
import { previewMerge, startMerge } from '../../../domain/parties/merge/start-merge.ts'
import { getMerge, undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { referrers } from '../../referrers.ts'
import { route } from '../route.ts'

const example = { body: { duplicateId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', choices: { level: 'duplicate' } } }

export const mergeRoutes = [
  route({
    method: 'POST',
    path: '/v1/customers/{id}/merge/preview',
    operationId: 'previewMerge',
    summary: 'Preview a merge',
    description:
      'The customer as it would be with the duplicate merged into it, and both values of every field in which they differ. Refused as the merge itself would be.',
    permission: 'customers.merge',
    readOnly: true,
    body: MergeRequest,
    response: MergePreview,
    example,
    run: previewMerge,
  }),
  route({
    method: 'POST',
    path: '/v1/customers/{id}/merge',
    summary: 'Merge another customer into this one',
    description:
      'The customer keeps its values and gains what it lacked; where both have one, its own stands or the one chosen. The id of the duplicate answers with the survivor from then on. A job moves the records; it can be undone for 7 days.',
    permission: 'customers.merge',
    body: MergeRequest,
    response: Merge,
    accepts: true,
    example,
    run: (ctx, input) => startMerge(ctx, input, referrers.length),
  }),
  route({
    method: 'GET',
    path: '/v1/merges/{id}',
    summary: 'Get a merge',
    permission: 'customers.merge',
    response: Merge,
    run: getMerge,
  }),
  route({
    method: 'POST',
    path: '/v1/merges/{id}/undo',
    summary: 'Undo a merge',
    description:
      'Within 7 days. Both customers are as they were before, except what was changed since: `errors` tells of that. What was added since stays with the survivor.',
    permission: 'customers.merge',
    response: Merge,
    accepts: true,
    run: undoMerge,
  }),
]
