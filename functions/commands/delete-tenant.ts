/**
 * `npm run delete-tenant -- --tenant <id> --really <id>`: deletes all that a tenant has, for good: items, keys, files. Nobody of it gets in
 * from the first moment on. Take a copy before (`npm run backup -- --tenant`). Run it again when it was interrupted, and once more when the
 * queues have run empty; a run that says 0 items found nothing. Takes TABLE_NAME and FILES_BUCKET from the environment.
 */
import { parseArgs } from 'node:util'
import { deleteTenant } from '../../domain/platform/tenant-copy/delete-tenant.ts'
import { files } from '../clients/files.ts'
import { bareContext, systemActor, systemContext } from '../runtime.ts'
import { tenantParts } from '../tenant-parts.ts'

if (import.meta.main) {
  const { tenant, really } = parseArgs({ options: { tenant: { type: 'string' }, really: { type: 'string' } } }).values
  if (!tenant || tenant !== really) throw new Error('Usage: npm run delete-tenant -- --tenant <id> --really <the same id again>')
  const ctx = bareContext(tenant, systemActor, undefined, { files })
  console.log(`${await deleteTenant(ctx, systemContext(), tenantParts)} items of ${tenant} deleted`)
}
