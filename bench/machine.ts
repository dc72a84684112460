import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** The commit and the machine of a run, for the head of docs/figures.md. */
export function machine(engine: string): string[] {
  const [cpu] = cpus()
  return [
    `- commit: ${commit()}`,
    `- date: ${new Date().toISOString().slice(0, 16)}Z`,
    `- machine: ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}-${process.arch}`,
    `- Node ${process.versions.node}`,
    `- engine: ${engine}`,
  ]
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const changed = git('status', '--porcelain', '--', 'domain', 'functions', 'events', 'infra') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes not committed' : ''}`
  } catch {
    return 'unknown'
  }
}
