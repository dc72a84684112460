import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { LocalProblem } from '../problem.ts'

// A second shell waits on a pipe from us and ends the program when it closes: nothing is left even when we are killed hard.
const untilWeEnd = 'exec 3<&0; "$0" "$@" 3<&- & program=$!; { read line <&3; kill "$program"; } & wait "$program"'

/** Starts a server program and waits until it answers; what it gives back stops it. */
export async function startProgram(command: string[], endpoint: string, env = process.env): Promise<() => Promise<void>> {
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
  if (await answers(endpoint, 60_000, () => child.exitCode !== null)) return stop
  await stop()
  throw new LocalProblem(`${command[0]} did not start: ${complaint.trim()}`)
}

/** Whether a server answers there, whatever it says, within a time. */
export async function answers(endpoint: string, withinMs: number, over: () => boolean = () => false): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline && !over()) {
    const response = await fetch(endpoint).catch(() => undefined)
    if (response) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
