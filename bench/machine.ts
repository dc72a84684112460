import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** When, of which commit and on what something was measured. */
export interface Circumstances {
  commit: string
  date: string
  machine: string
  node: string
  engine: string
}

export function circumstances(engine: string): Circumstances {
  const [cpu] = cpus()
  return {
    commit: commit(),
    date: `${new Date().toISOString().slice(0, 16)}Z`,
    machine: `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}-${process.arch}`,
    node: process.versions.node,
    engine,
  }
}

/** The same as lines, for the head of a page. */
export function machine(engineName: string): string[] {
  const { commit, date, machine, node, engine } = circumstances(engineName)
  return [`- commit: ${commit}`, `- date: ${date}`, `- machine: ${machine}`, `- Node ${node}`, `- engine: ${engine}`]
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const changed = git('status', '--porcelain', '--', 'domain', 'functions', 'events', 'infra', 'local') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes not committed' : ''}`
  } catch {
    return 'unknown'
  }
}
