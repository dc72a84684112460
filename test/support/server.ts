import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startProgram } from '../../local/aws/program.ts'

/** A whole Guanxi in a process of its own, as `npm start` runs it: its environment and caches stay out of the tests'. */
export interface TestServer {
  url: string
  /** Where its API is called: at Prism, which lets pass what the document says, while `npm run judges` has the flow tests judged. */
  api: string
  /** Calls the control room with POST and gives its answer. */
  control<T = Record<string, unknown>>(path: string, body?: object): Promise<T>
  token(email: string, tenant?: string): Promise<string>
}

export interface OwnServer extends TestServer {
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const entry = join(import.meta.dirname, '../../local/start.ts')

/** Starts a server with no data but the demo tenant, on a port of its own. */
export async function startServer(): Promise<OwnServer> {
  // In a run of tests below its folder, which goes with it.
  const directory = mkdtempSync(join(process.env.RUN_FOLDER ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir()), 'guanxi-server-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const hasDemoTenant = () =>
    post(`${url}/_local/tokens`, { tenant: 'demo', email: 'viewer@demo.example' }).then(
      ({ ok }) => ok,
      () => false,
    )
  const env = { ...process.env, PORT: String(port), REQUEST_LOG: 'off' }
  const start = () => startProgram([process.execPath, entry, '--data', directory], hasDemoTenant, env)
  let stopProgram = await start()
  const prism = process.env.PRISM ? await startPrism(process.env.PRISM, url) : { api: url, stop: async () => {} }
  return {
    ...serverAt(url, prism.api),
    restart: async () => {
      await stopProgram()
      stopProgram = await start()
    },
    stop: async () => {
      await prism.stop()
      await stopProgram()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** A server that runs, as tests talk to it. */
export function serverAt(url: string, api: string): TestServer {
  const control = async <T>(path: string, body: object = {}) => {
    const response = await post(`${url}/_local/${path}`, body)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    url,
    api,
    control,
    token: async (email, tenant = 'demo') => (await control<{ accessToken: string }>('tokens', { tenant, email })).accessToken,
  }
}

/** Prism between whoever calls and the server: a request or an answer that the document does not allow becomes an error of Prism's. */
async function startPrism(program: string, upstream: string): Promise<{ api: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const api = `http://127.0.0.1:${port}`
  const document = join(import.meta.dirname, '../../docs/openapi.json')
  const proxy = [program, 'proxy', document, upstream, '--errors', '--port', String(port), '--verboseLevel', 'silent']
  return { api, stop: await startProgram([process.execPath, ...proxy], api) }
}

const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) })
