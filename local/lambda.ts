import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Context } from 'aws-lambda'

/** A function of the manifest, ready to be called as Lambda calls it. */
export interface LocalFunction {
  name: string
  invoke(event: unknown): Promise<unknown>
}

const root = join(import.meta.dirname, '..')

/** Loads the `handler` of a manifest entry. Its module is imported once, so clients stay warm as they do in Lambda. */
export async function loadFunction(name: string, entry: string, timeoutSeconds: number): Promise<LocalFunction> {
  const module = await import(pathToFileURL(join(root, entry)).href)
  if (typeof module.handler !== 'function') throw new Error(`${entry} exports no function named handler`)
  return localFunction(name, module.handler, timeoutSeconds)
}

/** A function as Lambda would run it: with a deadline, and an event that nobody else holds. */
export function localFunction(name: string, handler: (event: unknown, context: Context) => unknown, timeoutSeconds: number): LocalFunction {
  return {
    name,
    invoke: async (event) => {
      const deadline = Date.now() + timeoutSeconds * 1000
      return await withTimeout(Promise.resolve(handler(structuredClone(event), context(name, deadline))), name, timeoutSeconds)
    },
  }
}

async function withTimeout(work: Promise<unknown>, name: string, seconds: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} timed out after ${seconds} s`)), seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function context(name: string, deadline: number): Context {
  return {
    awsRequestId: randomUUID(),
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}
