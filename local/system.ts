/** Everything the manifest names, running on one machine. */
import { join, resolve } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { fallbackContext, httpContexts } from '../functions/manifest.ts'
import { builtFonts } from '../infra/fonts.ts'
import { ensureTable } from './aws/dynamodb.ts'
import { handleControl } from './control/control.ts'
import { type ControlRoom, controlRoutes } from './control/routes.ts'
import { openDataDirectory } from './data-directory.ts'
import { type Emulators, queueNames, startEmulators } from './emulators.ts'
import { setEnvironment, tableName } from './environment.ts'
import { startFlow } from './flow.ts'
import { handleRequest } from './gateway.ts'
import { type Listener, sendJson, serve } from './http.ts'
import { LocalProblem } from './problem.ts'
import { type LocalIssuer, openIssuer } from './tokens.ts'

interface LocalOptions {
  /** 0 takes a free port. */
  port: number
  dataDir: string
  /** Begin with no data. */
  fresh?: boolean
  /** Seconds until a failed message comes back to its worker, instead of its queue's whole visibility timeout. */
  retrySeconds?: number
}

export interface LocalSystem extends ControlRoom {
  url: string
  /** Where the AWS SDK finds SQS on this machine. */
  queuesEndpoint: string
  stop(): Promise<void>
}

type Stops = (() => unknown)[]

const audience = 'guanxi-local'

/** Starts the whole system. When a part cannot start, those that did are stopped again. */
export async function startLocal(options: LocalOptions): Promise<LocalSystem> {
  const stops: Stops = []
  const stop = async (): Promise<void> => {
    for (let last = stops.pop(); last; last = stops.pop()) await last()
  }
  try {
    return { ...(await startParts({ ...options, dataDir: resolve(options.dataDir) }, stops)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(
  { port, dataDir, fresh = false, retrySeconds = 1 }: LocalOptions,
  stops: Stops,
): Promise<Omit<LocalSystem, 'stop'>> {
  const front = await openFront(port, stops)
  stops.push(openDataDirectory(dataDir, fresh).release)
  const emulators = await startEmulators(dataDir, stops)
  const issuer = await openIssuer(join(dataDir, 'token-key.json'), `${front.url}/_local`, audience)
  setEnvironment({ ...endpoints(front.url, emulators, issuer), fonts: await builtFonts() })
  await ensureTable(new DynamoDBClient(), tableName)
  // Only now: a function's module may look at the environment as soon as it is imported.
  const [{ loadFunctions }, { localIdentity }] = await Promise.all([import('./functions.ts'), import('./identity.ts')])
  const functions = await loadFunctions()
  const flow = await startFlow(emulators, functions, { dataDir, retrySeconds }, stops)
  const room: ControlRoom = {
    ...emulators,
    identity: localIdentity,
    issuer,
    schedules: functions.schedules,
    queueNames,
    settle: flow.settle,
  }
  const controls = controlRoutes(room)
  const gateway = {
    contexts: httpContexts,
    fallback: fallbackContext,
    functions: functions.http,
    authorizer: functions.authorizer,
    written: flow.wake,
  }
  front.open((request, response) =>
    request.url!.startsWith('/_local') ? handleControl(controls, request, response) : handleRequest(gateway, request, response),
  )
  return { ...room, url: front.url, queuesEndpoint: emulators.queues.endpoint }
}

/** Takes the port first, so that a taken one is found before anything else is started. */
async function openFront(port: number, stops: Stops): Promise<{ url: string; open(listener: Listener): void }> {
  let handle: Listener = async (_, response) => sendJson(response, 503, { message: 'Starting' })
  try {
    const server = await serve(port, (request, response) => handle(request, response))
    stops.push(server.stop)
    return {
      url: server.url,
      open: (opened) => {
        handle = opened
      },
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new LocalProblem(`Port ${port} is taken; stop what listens there or choose another with PORT=4001 npm start.`)
    if (code === 'EACCES') throw new LocalProblem(`Port ${port} may not be used by you; choose another with PORT=4001 npm start.`)
    throw error
  }
}

const endpoints = (publicUrl: string, { dynamo, queues, ses, bus }: Emulators, issuer: LocalIssuer) => ({
  publicUrl,
  dynamodb: dynamo.endpoint,
  queues: queues.endpoint,
  files: queues.endpoint,
  ses: ses.endpoint,
  events: bus.endpoint,
  queueUrls: Object.fromEntries(queueNames.map((name) => [name, queues.url(name)])),
  issuer: issuer.issuer,
  audience: issuer.audience,
  jwksUri: `${publicUrl}/_local/.well-known/jwks.json`,
})
