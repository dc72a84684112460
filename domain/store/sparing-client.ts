import { FastSha256 } from './fast-sha256.ts'

/**
 * Settings with which a client of the SDK does a call at less CPU, and no differently. The chain of what is done with a request is made
 * once for each kind of command: nothing is added to a command of its own.
 */
export const sparing = { sha256: FastSha256, streamCollector: collected, cacheMiddleware: true }

/** The parts of a client of the SDK that `spare` touches; each service's client types them in its own way. */
interface Client {
  config: unknown
  middlewareStack: { remove(name: string): boolean }
}

/** What nobody reads: the SDK's log, for which every input and output would be copied, and what a request says of the program. */
const unread = ['loggerMiddleware', 'getUserAgentMiddleware']

/**
 * Takes out of a client what nobody reads, and lets it keep its signer, which the SDK makes anew for every call. For clients of
 * one region and one service, as all of ours are: a signer holds these, while credentials and the hour are asked of it at each call.
 */
export function spare<C extends Client>(client: C): C {
  for (const name of unread) client.middlewareStack.remove(name)
  const config = client.config as { signer(scheme?: object): Promise<object> }
  const make = config.signer
  let kept: Promise<object> | undefined
  config.signer = (scheme) => {
    kept ??= make(scheme).catch((error) => {
      kept = undefined
      throw error
    })
    return kept
  }
  return client
}

/** The bytes of an answer. The SDK's own way pipes each through a stream made for it. */
export function collected(answer: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    answer.on('error', reject)
  })
}
