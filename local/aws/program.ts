import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { LocalProblem } from '../problem.ts'

// A second shell waits on a pipe from us and ends the program when it closes: nothing is left even when we are killed hard.
const untilWeEnd = 'exec 3<&0; "$0" "$@" 3<&- & program=$!; { read line <&3; kill "$program"; } & wait "$program"'

/** Starts a server program and waits until it is ready, which is when it answers unless said otherwise; what it gives back stops it. */
export async function startProgram(
  command: string[],
  ready: string | (() => Promise<boolean>),
  env = process.env,
): Promise<() => Promise<void>> {
  const child = spawn('sh', ['-c', untilWeEnd, ...command], { stdio: ['pipe', 'ignore', 'pipe'], detached: true, env })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-500)
  })
  const stop = async () => {
    child.stdin.end()
    await ended
  }
  const isReady = typeof ready === 'string' ? () => answersNow(ready) : ready
  if (await becomes(isReady, 60_000, () => child.exitCode !== null)) return stop
  await stop()
  throw new LocalProblem(`${command[0]} did not start: ${complaint.trim()}`)
}

/** Whether a server answers there, whatever it says, within a time. */
export const answers = (endpoint: string, withinMs: number): Promise<boolean> => becomes(() => answersNow(endpoint), withinMs)

const answersNow = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  )

async function becomes(ready: () => Promise<boolean>, withinMs: number, over: () => boolean = () => false): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline && !over()) {
    if (await ready()) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

// Below the ports that systems give to outgoing connections: one of those could take it before the program does.
const [firstPort, lastPort] = [15_000, 30_000]

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const port = randomInt(firstPort, lastPort)
  const server = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  if (!isFree) return freePort()
  await new Promise((resolve) => server.close(resolve))
  return port
}
