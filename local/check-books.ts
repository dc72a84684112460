/**
 * `npm run books:check -- --tenant <id>`: with TABLE_NAME in the environment on that table; else on the data of this machine, by the
 * Guanxi that runs at PORT (4000), or on `.local` itself while none does. Without `--tenant` the tenant `demo` of this machine.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** Runs a program of ours with these options; answers its exit code, and what it said where that is asked for. */
async function runNode(file: string, options: readonly string[], stdio: 'inherit' | 'pipe'): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', file), ...options], { stdio })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += part))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code: code ?? 1, said: said.trim() }
}

const command = 'functions/commands/books-check.ts'

/** What the control room answers: the check, in the environment of the Guanxi that runs. */
export async function checkBooksOf(tenant: string): Promise<{ tenantId: string; balanced: boolean; report: string }> {
  const { code, said } = await runNode(command, ['--tenant', tenant], 'pipe')
  return { tenantId: tenant, balanced: code === 0, report: said }
}

/** Asks the Guanxi that runs on this machine; undefined when none does. */
async function askRunning(tenant: string): Promise<number | undefined> {
  const url = `http://127.0.0.1:${process.env.PORT ?? 4000}/_local/books?tenant=${encodeURIComponent(tenant)}`
  const answer = await fetch(url).catch(() => undefined)
  if (!answer?.ok) return undefined
  const { balanced, report } = (await answer.json()) as { balanced: boolean; report: string }
  console.log(report)
  return balanced ? 0 : 1
}

async function main(): Promise<number> {
  const { tenant } = parseArgs({ options: { tenant: { type: 'string' } } }).values
  if (process.env.TABLE_NAME) return (await runNode(command, tenant ? ['--tenant', tenant] : [], 'inherit')).code
  const whose = tenant ?? 'demo'
  return (await askRunning(whose)) ?? (await runNode('local/run-command.ts', ['books-check', '--tenant', whose], 'inherit')).code
}

if (import.meta.main) process.exitCode = await main()
