/**
 * `npm run person -- export --tenant <id> --id <contact, lead or user> --to <file>`: all that a tenant holds of one person, as JSON.
 * `npm run person -- erase --tenant <id> --id <…> --really <the same id>`: erases that person from all of it. Takes TABLE_NAME and FILES_BUCKET
 * from the environment. Nothing personal is printed.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { erasePerson } from '../../domain/platform/person/erase-person.ts'
import { exportPerson } from '../../domain/platform/person/export-person.ts'
import { files } from '../clients/files.ts'
import { personKind } from '../people.ts'
import { systemActor, tenantContext } from '../runtime.ts'
import { tenantParts } from '../tenant-parts.ts'

const usage = `Usage: npm run person -- export --tenant <id> --id <id of the person> --to <file>
       npm run person -- erase --tenant <id> --id <id of the person> --really <the same id again>`

const flags = { tenant: { type: 'string' }, id: { type: 'string' }, to: { type: 'string' }, really: { type: 'string' } } as const

async function run(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({ args, options: flags, allowPositionals: true })
  const { tenant, id, to, really } = values
  const [what] = positionals
  if (!tenant || !id || (what === 'export' ? !to : what !== 'erase' || really !== id)) throw new Error(usage)
  const ctx = await tenantContext(tenant, systemActor, undefined, { files })
  if (what === 'erase') {
    await erasePerson(ctx, tenantParts, personKind(id), id)
    return `${id} is erased.`
  }
  const held = await exportPerson(ctx, tenantParts, personKind(id), id)
  await writeFile(to!, `${JSON.stringify(held, null, 2)}\n`)
  return `${held.held.length} things that name ${id} are in ${to}.`
}

if (import.meta.main) console.log(await run(process.argv.slice(2)))
