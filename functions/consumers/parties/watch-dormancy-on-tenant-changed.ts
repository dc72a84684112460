import { movesDormancy } from '../../../domain/identity/index.ts'
import { TenantChanged } from '../../../events/identity.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(
  TenantChanged,
  async (ctx, { data }) => {
    if (movesDormancy(data.changed)) await ctx.enqueue('watch-dormancy', [{ tenantId: ctx.tenant.id }])
  },
  { enqueue },
)
