/**
 * `npm run backup -- --to <folder> [--tenant <id>]`: copies all tenants, or one, into a folder: all of a tenant's items, one to a line,
 * and its files. What a run that was interrupted has copied is not copied again; a folder that is whole is left as it is. Takes
 * TABLE_NAME and FILES_BUCKET from the environment.
 */
import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { allTenants } from '../../domain/identity/partitions.ts'
import type { FileStore, SystemContext } from '../../domain/kernel/context.ts'
import { exportTenant } from '../../domain/platform/tenant-copy/export-tenant.ts'
import { joinParts } from '../../domain/store/keys.ts'
import { files } from '../clients/files.ts'
import { folderFiles } from '../clients/folder-files.ts'
import { systemActor, systemContext, tenantContext } from '../runtime.ts'
import { tenantParts } from '../tenant-parts.ts'

/** What of a tenant is in the copy, as it is printed. */
export const lineOfCopy = (tenantId: string, { items, hash }: { items: number; hash: string }): string =>
  `${tenantId} ${items} items ${hash}`

/** Where a command works: the table and the files. */
export interface Reach {
  system: SystemContext
  files: FileStore
}
export const usualReach = (): Reach => ({ system: systemContext(), files })

/** Copies tenants into a folder; answers a line for each. */
export async function backup(folder: string, tenants: readonly string[], reach: Reach = usualReach()): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const lines: string[] = []
  for (const tenantId of tenants) {
    const ctx = { ...(await tenantContext(tenantId, systemActor, undefined, { files: reach.files })), db: reach.system.db }
    const place = { to: folderFiles(folder), folder: joinParts([tenantId]) }
    lines.push(lineOfCopy(tenantId, await exportTenant(ctx, reach.system, tenantParts, place)))
  }
  return lines
}

if (import.meta.main) {
  const { to, tenant } = parseArgs({ options: { to: { type: 'string' }, tenant: { type: 'string' } } }).values
  if (!to) throw new Error('Usage: npm run backup -- --to <folder> [--tenant <id>]')
  for (const line of await backup(to, tenant ? [tenant] : await allTenants(systemContext()))) console.log(line)
}
