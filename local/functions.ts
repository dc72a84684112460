import * as manifest from '../functions/manifest.ts'
import { type LocalFunction, loadFunction } from './lambda.ts'

/** The functions of the manifest, by kind and name. */
export interface LocalFunctions {
  http: Map<string, LocalFunction>
  workers: Map<string, LocalFunction>
  schedules: Map<string, LocalFunction>
  authorizer: LocalFunction
}

/** API Gateway waits no longer. */
const apiTimeoutSeconds = 29

interface Entry {
  name: string
  entry: string
  timeoutSeconds?: number
}

/** Loads all of them, so that a missing one is found at the start. The environment must be set before. */
export async function loadFunctions(): Promise<LocalFunctions> {
  const [http, workers, schedules] = await Promise.all([
    loadAll(manifest.httpContexts),
    loadAll([...manifest.consumers, ...manifest.queues]),
    loadAll(manifest.schedules),
  ])
  const authorizer = await loadFunction(manifest.authorizer.name, manifest.authorizer.entry, apiTimeoutSeconds)
  return { http, workers, schedules, authorizer }
}

async function loadAll(entries: Entry[]): Promise<Map<string, LocalFunction>> {
  const load = async ({ name, entry, timeoutSeconds = apiTimeoutSeconds }: Entry) =>
    [name, await loadFunction(name, entry, timeoutSeconds)] as const
  return new Map(await Promise.all(entries.map(load)))
}
