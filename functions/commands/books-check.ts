/**
 * What `npm run books:check -- --tenant <id>` runs: recomputes the books of a tenant from its ledger and documents and says every figure
 * that differs; there is none, ever. Takes TABLE_NAME from the environment. Exits with 1 when something differs.
 */
import { parseArgs } from 'node:util'
import { type BookFault, checkBooks, checkOpenSums } from '../../domain/finance/index.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { systemActor, tenantContext } from '../runtime.ts'

/** The faults in words, one line each. */
const wordsOf = (faults: BookFault[]): string =>
  faults.length === 0
    ? 'The books balance.'
    : faults.map(({ about, what, kept, computed }) => `${about}: ${what} is kept as ${kept}, the books come to ${computed}`).join('\n')

if (import.meta.main) {
  const { tenant } = parseArgs({ options: { tenant: { type: 'string' } } }).values
  if (!tenant) throw new Error('Usage: npm run books:check -- --tenant <id>')
  try {
    const ctx = await tenantContext(tenant, systemActor)
    const faults = [...(await checkBooks(ctx)), ...(await checkOpenSums(ctx))]
    console.log(wordsOf(faults))
    process.exitCode = faults.length === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
