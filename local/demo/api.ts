import { LocalProblem } from '../problem.ts'

/** Calls the API as one caller; anything but success ends the demo with what the API said. */
export type Api = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>

/** Calls the API at an address; fails with the problem that it answers. */
export function apiOf(url: string, token?: string): Api {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).catch(
      () => {
        throw new LocalProblem(`No server answers at ${url}. Start one with npm start, or name another with --url.`)
      },
    )
    const text = await answer.text()
    if (!answer.ok) throw new LocalProblem(`${method} ${path} was answered ${answer.status}: ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }
}

/** Runs `work` for all entries, a few at a time, and shows how far it is. */
export async function inParallel<T>(
  what: string,
  entries: T[],
  atOnce: number,
  work: (entry: T, index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0
  let done = 0
  const worker = async () => {
    while (next < entries.length) {
      const index = next++
      await work(entries[index]!, index)
      done += 1
      progress(what, done, entries.length)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** On a terminal one line that counts up; in a log every tenth and the last. */
function progress(what: string, done: number, of: number): void {
  const line = `  ${what} ${done}/${of}`
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === of ? '\n' : ''}`)
  else if (done === of || done % Math.ceil(of / 10) === 0) console.log(line)
}
