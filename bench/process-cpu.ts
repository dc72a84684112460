import { readdirSync, readFileSync } from 'node:fs'

const millisecondsPerTick = 10

interface Process {
  parent: number
  milliseconds: number
}

/** Milliseconds of CPU that the processes started by this one, and by those, have used so far; undefined where there is no /proc. */
export function cpuOfDescendants(): number | undefined {
  const all = processes()
  if (!all) return undefined
  const isOurs = (id: number): boolean => {
    const parent = all.get(id)?.parent
    return parent !== undefined && (parent === process.pid || isOurs(parent))
  }
  return [...all].reduce((sum, [id, { milliseconds }]) => sum + (isOurs(id) ? milliseconds : 0), 0)
}

function processes(): Map<number, Process> | undefined {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return new Map(ids.flatMap((id): [number, Process][] => statOf(id)))
  } catch {
    return undefined
  }
}

// The name of the program stands in brackets and may hold spaces; behind it come state, parent, and as 12th and 13th the ticks.
function statOf(id: string): [number, Process][] {
  try {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return [[Number(id), { parent: Number(fields[1]), milliseconds: (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick }]]
  } catch {
    return []
  }
}

/** MiB that the server, whose functions run in its process, holds of memory; undefined where there is no /proc. */
export function memoryOfServer(): number | undefined {
  const ids = [...(processes() ?? [])].filter(([id]) => contentOf(id, 'cmdline').includes('local/start.ts')).map(([id]) => id)
  const own = ids.filter((id) => ancestorsOf(id).includes(process.pid))
  const sizes = own.map((id) => Number(/^VmRSS:\s+(\d+) kB$/m.exec(contentOf(id, 'status'))?.[1] ?? 0) / 1024)
  return sizes.length > 0 ? Math.max(...sizes) : undefined
}

function ancestorsOf(id: number): number[] {
  const parent = processes()?.get(id)?.parent
  return parent ? [parent, ...ancestorsOf(parent)] : []
}

function contentOf(id: number, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
