/**
 * `npm run restore -- --from <folder> [--tenant <id>]`: puts back what `npm run backup` copied, all tenants of the folder or one, and
 * says of each whether the table now holds what the copy does. Takes TABLE_NAME and FILES_BUCKET from the environment. Exits with 1
 * when something differs.
 */
import { readdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { restoreTenant } from '../../domain/platform/tenant-copy/restore-tenant.ts'
import { tallyOfTenant } from '../../domain/platform/tenant-copy/tally-tenant.ts'
import { joinParts } from '../../domain/store/keys.ts'
import { folderFiles } from '../clients/folder-files.ts'
import { bareContext, systemActor } from '../runtime.ts'
import { tenantParts } from '../tenant-parts.ts'
import { lineOfCopy, type Reach, usualReach } from './backup.ts'

/** Puts tenants back; answers a line for each, and whether the table holds them as the copy does. */
export async function restore(
  folder: string,
  tenants: readonly string[],
  { system, files }: Reach = usualReach(),
): Promise<{ lines: string[]; isWhole: boolean }> {
  const lines: string[] = []
  let isWhole = true
  for (const tenantId of tenants) {
    const ctx = { ...bareContext(tenantId, systemActor, undefined, { files }), db: system.db }
    const copied = await restoreTenant(ctx, system, folderFiles(folder), joinParts([tenantId]))
    const found = await tallyOfTenant(ctx, system, tenantParts)
    const isSame = found.hash === copied.hash && found.items === copied.items
    lines.push(`${lineOfCopy(tenantId, copied)} ${isSame ? 'restored' : `DIFFERS: the table holds ${found.items} items ${found.hash}`}`)
    isWhole &&= isSame
  }
  return { lines, isWhole }
}

/** The tenants that a folder holds copies of. */
const tenantsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => decodeURIComponent(name))

if (import.meta.main) {
  const { from, tenant } = parseArgs({ options: { from: { type: 'string' }, tenant: { type: 'string' } } }).values
  if (!from) throw new Error('Usage: npm run restore -- --from <folder> [--tenant <id>]')
  const { lines, isWhole } = await restore(from, tenant ? [tenant] : await tenantsIn(from))
  for (const line of lines) console.log(line)
  process.exitCode = isWhole ? 0 : 1
}
